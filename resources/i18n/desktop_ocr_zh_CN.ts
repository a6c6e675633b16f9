<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Desktop OCR</source>
        <translation>桌面文字识别</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>版本 {version}</translation>
    </message>
    <message>
        <source>Recognition model: {model}</source>
        <translation>识别模型：{model}</translation>
    </message>
    <message>
        <source>Pages, texts and corrections stay on this computer. The program has no network code, keeps no list of opened files and logs no recognised text.</source>
        <translation>页面、文字和校对内容都只保存在本机。程序不含任何联网代码，不保留打开过的文件列表，也不在日志中记录识别出的文字。</translation>
    </message>
    <message>
        <source>Recognition makes mistakes. Check every line against the paper before you use the text for treatment.</source>
        <translation>识别结果可能有误。用于诊疗之前，请对照原件逐行核对。</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>AlternativesPopup</name>
    <message>
        <source>Other readings of “{0}”</source>
        <translation>“{0}”的其他识别结果</translation>
    </message>
</context>
<context>
    <name>ClosingDialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Your corrections have not been exported yet.</source>
        <translation>校对内容尚未导出。</translation>
    </message>
    <message>
        <source>They are lost if you close the window now.</source>
        <translation>现在关闭窗口，校对内容将会丢失。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>不保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
</context>
<context>
    <name>CommandHandlers</name>
    <message>
        <source>Open files</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>There is no picture and no file in the clipboard.</source>
        <translation>剪贴板中没有图片或文件。</translation>
    </message>
    <message>
        <source>Remembered readings were removed from this computer.</source>
        <translation>已清除本机上记住的识别结果。</translation>
    </message>
    <message>
        <source>The folder cannot be made: check that you may write there.</source>
        <translation>无法建立此文件夹：请检查是否有写入权限。</translation>
    </message>
    <message>
        <source>Your files belong into {path}</source>
        <translation>请把文件放到 {path}</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Page</source>
        <translation>页面(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>校对(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Open files…</source>
        <translation>打开文件(&amp;O)…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>打开文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Paste picture or files</source>
        <translation>粘贴图片或文件(&amp;P)</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Open a &amp;sample page</source>
        <translation>打开示例页面(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Draw a box</source>
        <translation>绘制文本框(&amp;D)</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>画框</translation>
    </message>
    <message>
        <source>De&amp;lete lines</source>
        <translation>删除所选行(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Split line at the caret</source>
        <translation>在光标处拆分行(&amp;S)</translation>
    </message>
    <message>
        <source>Join with the line &amp;before</source>
        <translation>与上一行合并(&amp;B)</translation>
    </message>
    <message>
        <source>Join with the line &amp;after</source>
        <translation>与下一行合并(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Read page again</source>
        <translation>重新识别本页(&amp;R)</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新识别</translation>
    </message>
    <message>
        <source>Read selected &amp;lines again</source>
        <translation>重新识别所选行(&amp;L)</translation>
    </message>
    <message>
        <source>Read all &amp;unread pages</source>
        <translation>识别所有未识别的页面(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Stop reading</source>
        <translation>停止识别(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Previous page</source>
        <translation>上一页(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Next page</source>
        <translation>下一页(&amp;N)</translation>
    </message>
    <message>
        <source>Previous page with lines to review</source>
        <translation>上一个待校对页面</translation>
    </message>
    <message>
        <source>Next page with lines to review</source>
        <translation>下一个待校对页面</translation>
    </message>
    <message>
        <source>&amp;Delete page</source>
        <translation>删除本页(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Next doubtful place</source>
        <translation>下一处存疑(&amp;N)</translation>
    </message>
    <message>
        <source>Next doubt</source>
        <translation>下一处存疑</translation>
    </message>
    <message>
        <source>&amp;Previous doubtful place</source>
        <translation>上一处存疑(&amp;P)</translation>
    </message>
    <message>
        <source>Mark lines as &amp;reviewed</source>
        <translation>将所选行标为已校对(&amp;R)</translation>
    </message>
    <message>
        <source>Mark lines as &amp;illegible</source>
        <translation>将所选行标为无法辨认(&amp;I)</translation>
    </message>
    <message>
        <source>Mark lines as not re&amp;viewed</source>
        <translation>将所选行标为未校对(&amp;V)</translation>
    </message>
    <message>
        <source>Switch between page, text and pages</source>
        <translation>在页面、文字和页面列表之间切换</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>Fit &amp;page</source>
        <translation>适合整页(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation>实际大小(&amp;A)</translation>
    </message>
    <message>
        <source>Fit &amp;width</source>
        <translation>适合宽度(&amp;W)</translation>
    </message>
    <message>
        <source>Show line &amp;boxes</source>
        <translation>显示文本框(&amp;B)</translation>
    </message>
    <message>
        <source>Show page &amp;list</source>
        <translation>显示页面列表(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Smaller text</source>
        <translation>缩小文字(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About this program</source>
        <translation>关于本程序(&amp;A)</translation>
    </message>
    <message>
        <source>Accept the line, go to the next</source>
        <translation>确认本行并转到下一行</translation>
    </message>
    <message>
        <source>Accept the line, stay on it</source>
        <translation>确认本行并停留</translation>
    </message>
    <message>
        <source>Line before / after</source>
        <translation>上一行 / 下一行</translation>
    </message>
    <message>
        <source>Take back what was typed in this line</source>
        <translation>撤回本行的输入</translation>
    </message>
    <message>
        <source>Move the selected box</source>
        <translation>移动所选文本框</translation>
    </message>
    <message>
        <source>Move it by 10 pixels</source>
        <translation>移动 10 个像素</translation>
    </message>
    <message>
        <source>Resize it</source>
        <translation>调整大小</translation>
    </message>
    <message>
        <source>Select several boxes</source>
        <translation>选择多个文本框</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>以指针为中心缩放</translation>
    </message>
    <message>
        <source>Move the page</source>
        <translation>拖动页面</translation>
    </message>
    <message>
        <source>Hide all boxes while held</source>
        <translation>按住时隐藏所有文本框</translation>
    </message>
    <message>
        <source>arrow keys</source>
        <translation>方向键</translation>
    </message>
    <message>
        <source>click</source>
        <translation>单击</translation>
    </message>
    <message>
        <source>wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>drag</source>
        <translation>拖动</translation>
    </message>
    <message>
        <source>Lar&amp;ger text</source>
        <translation>放大文字(&amp;G)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>&amp;Remember readings on this computer</source>
        <translation>在本机记住识别结果(&amp;R)</translation>
    </message>
    <message>
        <source>For&amp;get remembered readings</source>
        <translation>清除记住的识别结果(&amp;G)</translation>
    </message>
    <message>
        <source>Rea&amp;ding</source>
        <translation>识别(&amp;D)</translation>
    </message>
    <message>
        <source>Use lan&amp;guage and lexicons</source>
        <translation>使用语言模型和词库(&amp;G)</translation>
    </message>
    <message>
        <source>Ask the s&amp;econd reader</source>
        <translation>使用第二识别器(&amp;E)</translation>
    </message>
    <message>
        <source>Apply &amp;correction rules</source>
        <translation>使用纠错规则(&amp;C)</translation>
    </message>
    <message>
        <source>Other readings at the &amp;caret</source>
        <translation>光标处的其他读法(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Take back a rule&apos;s correction</source>
        <translation>撤回规则的改动(&amp;T)</translation>
    </message>
    <message>
        <source>Show what the recogniser &amp;alone saw</source>
        <translation>显示识别器原始结果(&amp;A)</translation>
    </message>
    <message>
        <source>Take &amp;over what the recogniser alone saw</source>
        <translation>采用识别器原始结果(&amp;O)</translation>
    </message>
    <message>
        <source>Own lists of &amp;terms…</source>
        <translation>自己的词表(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Own rules…</source>
        <translation>自己的规则(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;place…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;dd the word to your own list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sho&amp;w what was changed against the reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Bring back what was read at the caret</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring back the w&amp;hole line as it was read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark the p&amp;lace as illegible (□)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Effort…</source>
        <translation>工作量(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Cut a box</source>
        <translation>切开框(&amp;C)</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>切开</translation>
    </message>
    <message>
        <source>&amp;Join the selected boxes</source>
        <translation>合并所选框(&amp;J)</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Reading &amp;order</source>
        <translation>阅读顺序(&amp;O)</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>Cut between two lines in one box</source>
        <translation>在框内两行之间切开</translation>
    </message>
    <message>
        <source>Read the line earlier / later (reading order)</source>
        <translation>把该行在阅读顺序中提前 / 推后</translation>
    </message>
</context>
<context>
    <name>Doubt</name>
    <message>
        <source>Doubtful: the probability of being right is below {0} %, or the second reader differs.</source>
        <translation>存疑：正确的概率低于 {0} %，或第二识别器的结果不同。</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop to open</source>
        <translation>松开即可打开</translation>
    </message>
</context>
<context>
    <name>EffortCommands</name>
    <message>
        <source>Export effort</source>
        <translation>导出工作量</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页码</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Reviewed lines</source>
        <translation>已核对行数</translation>
    </message>
    <message>
        <source>Keystrokes</source>
        <translation>击键数</translation>
    </message>
    <message>
        <source>Corrections</source>
        <translation>更正数</translation>
    </message>
    <message>
        <source>Active seconds</source>
        <translation>有效秒数</translation>
    </message>
    <message>
        <source>Exported to {path}</source>
        <translation>已导出到 {path}</translation>
    </message>
</context>
<context>
    <name>EffortDialog</name>
    <message>
        <source>Together</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Effort</source>
        <translation>工作量</translation>
    </message>
    <message>
        <source>Counted on this computer: numbers only, no text and no names. Pauses of more than 30 seconds are left out. A character put in by an input method counts as one keystroke.</source>
        <translation>只在本机计数：只有数字，不含文字和姓名。超过 30 秒的停顿不计入。输入法输入的每个字按一次击键计。</translation>
    </message>
    <message>
        <source>Nothing was counted yet.</source>
        <translation>尚无计数。</translation>
    </message>
    <message>
        <source>Effort of each page</source>
        <translation>各页工作量</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页</translation>
    </message>
    <message>
        <source>Keystrokes</source>
        <translation>击键</translation>
    </message>
    <message>
        <source>Corrections</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>Keystrokes per correction</source>
        <translation>每处更正击键</translation>
    </message>
    <message>
        <source>Active time</source>
        <translation>有效用时</translation>
    </message>
    <message>
        <source>&amp;Count effort</source>
        <translation>统计工作量(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Start over</source>
        <translation>重新开始(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Export as CSV…</source>
        <translation>导出为 CSV(&amp;E)…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>The file cannot be opened: check that it exists and that you may read it.</source>
        <translation>无法打开文件：请检查文件是否存在、是否有读取权限。</translation>
    </message>
    <message>
        <source>The file is empty: scan or copy it again.</source>
        <translation>文件是空的：请重新扫描或复制。</translation>
    </message>
    <message>
        <source>The file is not a picture or PDF that can be read: use PNG, JPEG, BMP, WebP, TIFF or PDF.</source>
        <translation>该文件不是可读取的图片或 PDF：请使用 PNG、JPEG、BMP、WebP、TIFF 或 PDF。</translation>
    </message>
    <message>
        <source>The file is damaged or cut off: scan or copy it again.</source>
        <translation>文件已损坏或不完整：请重新扫描或复制。</translation>
    </message>
    <message>
        <source>The PDF asks for a password: save a copy without one and open it.</source>
        <translation>该 PDF 需要密码：请另存一份无密码的副本再打开。</translation>
    </message>
    <message>
        <source>The picture is too large ({width} × {height} pixels): scale it below {limit} megapixels.</source>
        <translation>图片过大（{width} × {height} 像素）：请缩小到 {limit} 百万像素以内。</translation>
    </message>
    <message>
        <source>The file cannot be opened: scan or copy it again.</source>
        <translation>无法打开文件：请重新扫描或复制。</translation>
    </message>
    <message>
        <source>The recognition model is missing or damaged: install the program again.</source>
        <translation>识别模型缺失或已损坏：请重新安装程序。</translation>
    </message>
    <message>
        <source>A file of the model cannot be opened: choose the folder that holds pytorch_model.pt and vocab.txt, or a model&apos;s folder with model.json.</source>
        <translation>无法打开模型文件：请选择含有 pytorch_model.pt 和 vocab.txt 的文件夹，或含有 model.json 的模型文件夹。</translation>
    </message>
    <message>
        <source>The checkpoint holds something other than weights and was refused, nothing in it was executed: get the published file again.</source>
        <translation>该检查点含有权重以外的内容，已被拒绝，其中内容均未执行：请重新获取发布者的原始文件。</translation>
    </message>
    <message>
        <source>The checkpoint is damaged or cut off: get the published file again.</source>
        <translation>检查点已损坏或不完整：请重新获取发布者的原始文件。</translation>
    </message>
    <message>
        <source>The checkpoint is not of ModelScope&apos;s CRNN: only cv_crnn_ocr-recognition-general_damo can be imported.</source>
        <translation>该检查点不属于 ModelScope 的 CRNN：只能导入 cv_crnn_ocr-recognition-general_damo。</translation>
    </message>
    <message>
        <source>The vocabulary does not fit the checkpoint: use the vocab.txt that was published with it.</source>
        <translation>字符表与检查点不匹配：请使用随检查点一同发布的 vocab.txt。</translation>
    </message>
    <message>
        <source>The model cannot have this name: choose a name that no model has yet, of letters, digits, dots and hyphens.</source>
        <translation>模型不能使用该名称：请换一个尚未使用的名称，只含文字、数字、点和连字符。</translation>
    </message>
    <message>
        <source>This program cannot convert checkpoints: run import-model where desktop-ocr[train] is installed with Python, and import the model&apos;s folder that it makes here.</source>
        <translation>本程序不能转换检查点：请在装有 desktop-ocr[train] 的 Python 环境中运行 import-model，再在此处导入它生成的模型文件夹。</translation>
    </message>
    <message>
        <source>The model cannot be imported: choose another folder.</source>
        <translation>无法导入模型：请选择其他文件夹。</translation>
    </message>
    <message>
        <source>There is not enough memory for this page: close other programs or scan it at a lower resolution.</source>
        <translation>内存不足，无法处理本页：请关闭其他程序，或以较低分辨率重新扫描。</translation>
    </message>
    <message>
        <source>Reading this page failed because of an error in the program: try again, or scan the page anew.</source>
        <translation>程序出错，本页识别失败：请重试，或重新扫描本页。</translation>
    </message>
    <message>
        <source>The file exists already: choose another name or allow replacing it.</source>
        <translation>文件已存在：请换一个文件名，或点击“替换”覆盖它。</translation>
    </message>
    <message>
        <source>The folder cannot be written to: choose another folder.</source>
        <translation>无法写入该文件夹：请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The disk is full: free some space or choose another disk.</source>
        <translation>磁盘已满：请释放空间或选择其他磁盘。</translation>
    </message>
    <message>
        <source>The file is open in another program: close it there or choose another name.</source>
        <translation>文件正被其他程序占用：请先关闭它，或换一个文件名。</translation>
    </message>
    <message>
        <source>The file cannot be written: choose another name or folder.</source>
        <translation>无法写入文件：请换一个文件名或文件夹。</translation>
    </message>
    <message>
        <source>The file is not a document of this program, or of a newer version.</source>
        <translation>该文件不是本程序的文档，或由更新的版本生成。</translation>
    </message>
    <message>
        <source>The file of rules {file} cannot be read as TOML in UTF-8: correct it or take it out of the folder.</source>
        <translation>规则文件 {file} 无法按 UTF-8 编码的 TOML 读取：请更正，或将其移出文件夹。</translation>
    </message>
    <message>
        <source>Rule {rule} in {file} is not complete: it needs an id of its own, zh, en, pattern, replacement or map, safe, an example of change and one of keep, and no more.</source>
        <translation>{file} 中的规则 {rule} 不完整：需要不重复的 id，以及 zh、en、pattern、replacement 或 map、safe、至少一个 change 和一个 keep 示例，不能有其他内容。</translation>
    </message>
    <message>
        <source>The pattern of rule {rule} in {file} is not a bounded regular expression: correct it, and set an upper limit in place of * and +.</source>
        <translation>{file} 中规则 {rule} 的模式不是有界的正则表达式：请更正，并用有上限的次数代替 * 和 +。</translation>
    </message>
    <message>
        <source>An example of rule {rule} in {file} does not hold: correct the example or the pattern.</source>
        <translation>{file} 中规则 {rule} 的一个示例不成立：请更正示例或模式。</translation>
    </message>
    <message>
        <source>Rule {rule} in {file} changes a digit, a sign or a negation: write safe = false, so that it only suggests.</source>
        <translation>{file} 中的规则 {rule} 会改动数字、符号或否定词：请写 safe = false，使其只作提示。</translation>
    </message>
    <message>
        <source>That did not work because of an error in the program: try again.</source>
        <translation>程序出错，操作未完成：请重试。</translation>
    </message>
    <message>
        <source>The list of terms {file} cannot be opened: check that you may read it.</source>
        <translation>词表 {file} 无法打开：请检查是否有读取权限。</translation>
    </message>
    <message>
        <source>The list of terms {file} is neither TXT nor CSV: save it as one of these.</source>
        <translation>词表 {file} 不是 TXT 或 CSV：请另存为其中一种格式。</translation>
    </message>
    <message>
        <source>The list of terms {file} is text in neither UTF-8 nor GB18030: save it as UTF-8.</source>
        <translation>词表 {file} 的文字编码不是 UTF-8 或 GB18030：请另存为 UTF-8。</translation>
    </message>
    <message>
        <source>The list of terms {file} is too long: keep no more than {limit} terms in all lists together.</source>
        <translation>词表 {file} 过长：所有词表合计请不超过 {limit} 个词条。</translation>
    </message>
    <message>
        <source>Line {line} of the list of terms {file} cannot be used: write one term of at most {limit} characters, with letters, in each line.</source>
        <translation>词表 {file} 第 {line} 行无法使用：请每行写一个词条，含文字且不超过 {limit} 个字符。</translation>
    </message>
    <message>
        <source>The file is not a project of this program: choose a .docr file.</source>
        <translation>这个文件不是本程序的项目：请选择 .docr 文件。</translation>
    </message>
    <message>
        <source>The project is open in another window or program: close it there first.</source>
        <translation>项目正在另一个窗口或程序中打开：请先在那里关闭。</translation>
    </message>
    <message>
        <source>The project was written by a newer version of this program: update it.</source>
        <translation>项目由本程序的更新版本写成：请更新程序。</translation>
    </message>
    <message>
        <source>The project is damaged: have what is readable copied into a new project, or take a backup.</source>
        <translation>项目已损坏：请把可读的内容复制到新项目，或使用备份。</translation>
    </message>
    <message>
        <source>The project lies where nothing may be written: save it under another name elsewhere.</source>
        <translation>项目所在位置不能写入：请另存到别处。</translation>
    </message>
    <message>
        <source>The project can no longer be reached (moved, deleted, drive or network gone): save it under another name.</source>
        <translation>已无法访问项目（被移动、删除，或磁盘、网络已断开）：请另存为。</translation>
    </message>
    <message>
        <source>The project cannot be used: save it under another name.</source>
        <translation>项目无法使用：请另存为。</translation>
    </message>
    <message>
        <source>The picture of this page is no longer where it was: its text stays usable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is another picture than the one that was read: choose the right one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) not reviewed yet.</source>
        <translation>
            <numerusform>还有 %n 行未校对。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) with doubtful places.</source>
        <translation>
            <numerusform>有 %n 行存疑。</numerusform>
        </translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>正在导出…</translation>
    </message>
    <message>
        <source>Word document</source>
        <translation>Word 文档</translation>
    </message>
    <message>
        <source>JSON with positions and confidences</source>
        <translation>JSON（含位置和置信度）</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>Table of lines</source>
        <translation>文本行表格</translation>
    </message>
    <message numerus="yes">
        <source>All pages (%n)</source>
        <translation>
            <numerusform>全部页面（%n）</numerusform>
        </translation>
    </message>
    <message>
        <source>This page only</source>
        <translation>仅本页</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Open the folder afterwards</source>
        <translation>导出后打开所在文件夹</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>A rule made “{1}” of “{0}”: {2} (F8 takes it back)</source>
        <translation>规则把“{0}”改成了“{1}”：{2}（F8 撤回）</translation>
    </message>
    <message>
        <source>Second reader: “{0}”</source>
        <translation>第二识别器：“{0}”</translation>
    </message>
    <message>
        <source>“{0}” is right with a probability of {1} %</source>
        <translation>“{0}”正确的概率为 {1} %</translation>
    </message>
    <message>
        <source>A rule suggests “{0}”: {1} (F2)</source>
        <translation>规则建议“{0}”：{1}（F2）</translation>
    </message>
    <message>
        <source>Its least certain character is right with a probability of {0} %</source>
        <translation>其中最没把握的字正确的概率为 {0} %</translation>
    </message>
    <message>
        <source>rule: {0}</source>
        <translation>规则：{0}</translation>
    </message>
    <message>
        <source>recogniser</source>
        <translation>识别器</translation>
    </message>
    <message>
        <source>second reader</source>
        <translation>第二识别器</translation>
    </message>
    <message>
        <source>without language</source>
        <translation>不用语言模型</translation>
    </message>
    <message>
        <source>as it was read</source>
        <translation>规则改动前</translation>
    </message>
    <message>
        <source>(nothing)</source>
        <translation>（无）</translation>
    </message>
</context>
<context>
    <name>LineDelegate</name>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已修改</translation>
    </message>
</context>
<context>
    <name>LineEditor</name>
    <message>
        <source>Other readings: {0}   (F2)</source>
        <translation>其他读法：{0}   （F2）</translation>
    </message>
</context>
<context>
    <name>LineForm</name>
    <message>
        <source>Text of the line</source>
        <translation>本行文字</translation>
    </message>
    <message>
        <source>Type what the picture says</source>
        <translation>对照图像输入文字</translation>
    </message>
    <message>
        <source>Picture of the line</source>
        <translation>本行图像</translation>
    </message>
    <message>
        <source>Select a line to see it here</source>
        <translation>选择一行即可在此查看</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Mark the line as reviewed and go to the next (Enter)</source>
        <translation>将本行标为已校对并转到下一行（Enter）</translation>
    </message>
    <message>
        <source>Illegible</source>
        <translation>无法辨认</translation>
    </message>
    <message>
        <source>Nobody can read this line (Ctrl+U)</source>
        <translation>本行无法辨认（Ctrl+U）</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Bring back the text as it was before this visit (Esc)</source>
        <translation>恢复到本次修改之前的文字（Esc）</translation>
    </message>
    <message>
        <source>Previous doubtful place (Shift+F3)</source>
        <translation>上一处存疑（Shift+F3）</translation>
    </message>
    <message>
        <source>Previous doubtful place</source>
        <translation>上一处存疑</translation>
    </message>
    <message>
        <source>Next doubtful place (F3)</source>
        <translation>下一处存疑（F3）</translation>
    </message>
    <message>
        <source>Next doubtful place</source>
        <translation>下一处存疑</translation>
    </message>
</context>
<context>
    <name>LineStatus</name>
    <message>
        <source>reviewed</source>
        <translation>已校对</translation>
    </message>
    <message>
        <source>illegible</source>
        <translation>无法辨认</translation>
    </message>
    <message>
        <source>not reviewed</source>
        <translation>未校对</translation>
    </message>
</context>
<context>
    <name>LinesPanel</name>
    <message>
        <source>Lines of the page</source>
        <translation>本页各行</translation>
    </message>
    <message>
        <source>All {0}</source>
        <translation>全部 {0}</translation>
    </message>
    <message>
        <source>Doubtful {0}</source>
        <translation>存疑 {0}</translation>
    </message>
    <message>
        <source>Unreviewed {0}</source>
        <translation>未校对 {0}</translation>
    </message>
</context>
<context>
    <name>LookMenus</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Clipboard</source>
        <translation>剪贴板</translation>
    </message>
    <message>
        <source>Exported to {path}</source>
        <translation>已导出到 {path}</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>{file}, page {number}</source>
        <translation>{file}，第 {number} 页</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The folder holds no pictures and no PDFs.</source>
        <translation>该文件夹中没有图片或 PDF。</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) stayed as they are, because you checked or changed them.</source>
        <translation>
            <numerusform>有 %n 行已经校对或修改过，保持不变。</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Undo: {step}</source>
        <translation>撤销(&amp;U)：{step}</translation>
    </message>
    <message>
        <source>&amp;Redo: {step}</source>
        <translation>重做(&amp;R)：{step}</translation>
    </message>
    <message>
        <source>Desktop OCR</source>
        <translation>桌面文字识别</translation>
    </message>
    <message>
        <source>There is no further doubtful place.</source>
        <translation>没有其他存疑之处。</translation>
    </message>
    <message>
        <source>Open the rest</source>
        <translation>打开其余页面</translation>
    </message>
    <message>
        <source>Stopped: not all pages were opened.</source>
        <translation>已停止：还有页面没有打开。</translation>
    </message>
    <message>
        <source>The page was read with other settings. Lines that you checked stay.</source>
        <translation>本页是用其他设置识别的。已校对的行会保留。</translation>
    </message>
    <message>
        <source>Read page again</source>
        <translation>重新识别本页</translation>
    </message>
    <message>
        <source>The recognition model is gone or damaged; the built-in one is used.</source>
        <translation>该识别模型已不存在或已损坏，现改用内置模型。</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>Dismiss all</source>
        <translation>全部关闭</translation>
    </message>
</context>
<context>
    <name>OtherReadings</name>
    <message>
        <source>No other reading for this character</source>
        <translation>这个字没有其他读法</translation>
    </message>
    <message>
        <source>No rule has changed this line</source>
        <translation>本行没有被规则改动过</translation>
    </message>
</context>
<context>
    <name>OwnFolders</name>
    <message>
        <source>Your own lists of terms: put TXT or CSV files, in UTF-8 or GB18030, into this folder.</source>
        <translation>自己的词表：把 TXT 或 CSV 文件（UTF-8 或 GB18030 编码）放进此文件夹。</translation>
    </message>
    <message>
        <source>TXT: one term in each line; lines that begin with # are passed over. CSV: the term in the first column, then its code and kind if you want.</source>
        <translation>TXT：每行一个词条，以 # 开头的行不读。CSV：第一列为词条，其后可写编码和类别。</translation>
    </message>
    <message>
        <source>They count when a page is read, or read again. Chinese terms guide reading; numbers, units and doses are never changed by them.</source>
        <translation>识别或重新识别页面时生效。中文词条会影响识别；数字、单位和剂量绝不因词表而改变。</translation>
    </message>
    <message>
        <source>Your own correction rules: put files with the suffix .toml, in UTF-8, into this folder.</source>
        <translation>自己的纠错规则：把扩展名为 .toml 的文件（UTF-8 编码）放进此文件夹。</translation>
    </message>
    <message>
        <source>Each [[rule]] has id, zh, en, pattern, replacement or map, safe, and as examples at least one [[rule.change]] with before and after and one [[rule.keep]] with text.</source>
        <translation>每条 [[rule]] 要有 id、zh、en、pattern、replacement 或 map、safe，并且至少有一个 [[rule.change]] 示例（before、after）和一个 [[rule.keep]] 示例（text）。</translation>
    </message>
    <message>
        <source>They count when a page is read, or read again. With safe = false a rule only suggests; with the id of a built-in rule it replaces that one.</source>
        <translation>识别或重新识别页面时生效。safe = false 的规则只提出建议；id 与内置规则相同时，替换那条规则。</translation>
    </message>
</context>
<context>
    <name>PageCommands</name>
    <message>
        <source>Select the boxes to join first, with Ctrl+click.</source>
        <translation>请先按住 Ctrl 单击选中要合并的框。</translation>
    </message>
</context>
<context>
    <name>PageModel</name>
    <message>
        <source>Reading failed</source>
        <translation>识别失败</translation>
    </message>
    <message>
        <source>Waiting to be read</source>
        <translation>等待识别</translation>
    </message>
    <message>
        <source>Being read: {0} of {1} lines</source>
        <translation>正在识别：{0} / {1} 行</translation>
    </message>
    <message>
        <source>{0} of {1} lines reviewed</source>
        <translation>已校对 {0} / {1} 行</translation>
    </message>
    <message>
        <source>Reading was cancelled</source>
        <translation>识别已停止</translation>
    </message>
</context>
<context>
    <name>PageView</name>
    <message>
        <source>Page with line boxes</source>
        <translation>带文本框的页面</translation>
    </message>
    <message>
        <source>Arrow keys move the selected box, Delete removes it, W draws a new one.</source>
        <translation>方向键移动所选文本框，Delete 删除，W 绘制新文本框。</translation>
    </message>
    <message>
        <source>Click where the box is to be cut, or place the cut with the arrow keys and press Enter. Shift+click and ↑ ↓ cut between two lines. Esc ends.</source>
        <translation>单击要切开的位置，或用方向键移动切线后按 Enter。按住 Shift 单击或用 ↑ ↓ 在两行之间切开。Esc 结束。</translation>
    </message>
    <message>
        <source>Click the boxes in the order in which they are to be read, or move the current line with Alt+↑ and Alt+↓. Esc ends.</source>
        <translation>按阅读先后依次单击各框，或用 Alt+↑、Alt+↓ 移动当前行。Esc 结束。</translation>
    </message>
</context>
<context>
    <name>PlainRow</name>
    <message>
        <source>It was not kept for this line: read the line again (Ctrl+R).</source>
        <translation>本行没有保留原始结果：请重新识别本行（Ctrl+R）。</translation>
    </message>
    <message>
        <source>The recogniser has not read this line.</source>
        <translation>识别器还没有读过本行。</translation>
    </message>
    <message>
        <source>What the recogniser alone saw, without language and rules:</source>
        <translation>识别器的原始结果（不用语言模型和规则）：</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Put this in the place of the text (Shift+F4)</source>
        <translation>用它替换本行文字（Shift+F4）</translation>
    </message>
</context>
<context>
    <name>ReadingChoices</name>
    <message>
        <source>Recognition &amp;model</source>
        <translation>识别模型(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Doubtful is what is right with less than</source>
        <translation>正确概率低于此值为存疑(&amp;D)</translation>
    </message>
    <message>
        <source>{name} (built in)</source>
        <translation>{name}（内置）</translation>
    </message>
    <message>
        <source>{name} (imported)</source>
        <translation>{name}（导入）</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <source>Review</source>
        <translation>校对</translation>
    </message>
    <message>
        <source>No line selected</source>
        <translation>未选择行</translation>
    </message>
    <message>
        <source>Line {0} of {1}</source>
        <translation>第 {0} 行，共 {1} 行</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
</context>
<context>
    <name>StatusPanel</name>
    <message>
        <source>Everything stays on this computer: the program never uses the network.</source>
        <translation>所有内容只保存在本机：程序从不联网。</translation>
    </message>
    <message>
        <source>Nothing is open</source>
        <translation>未打开任何页面</translation>
    </message>
    <message>
        <source>Page {number} of {pages}</source>
        <translation>第 {number} 页，共 {pages} 页</translation>
    </message>
    <message numerus="yes">
        <source>{reviewed} of %n line(s) reviewed</source>
        <translation>
            <numerusform>已校对 {reviewed} / %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>waiting to be read</source>
        <translation>等待识别</translation>
    </message>
    <message>
        <source>being read…</source>
        <translation>正在识别…</translation>
    </message>
    <message>
        <source>reading failed</source>
        <translation>识别失败</translation>
    </message>
    <message>
        <source>reading was stopped</source>
        <translation>识别已停止</translation>
    </message>
    <message>
        <source>no text was found</source>
        <translation>未发现文字</translation>
    </message>
    <message numerus="yes">
        <source>%n doubtful left</source>
        <translation>
            <numerusform>剩余 %n 行存疑</numerusform>
        </translation>
    </message>
    <message>
        <source>not exported yet</source>
        <translation>尚未导出</translation>
    </message>
    <message>
        <source>Reading page {number} of {pages}</source>
        <translation>正在识别第 {number} / {pages} 页</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在识别…</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>正在打开…</translation>
    </message>
</context>
<context>
    <name>Step</name>
    <message>
        <source>edit text</source>
        <translation>修改文字</translation>
    </message>
    <message>
        <source>mark as reviewed</source>
        <translation>标为已校对</translation>
    </message>
    <message>
        <source>mark as not reviewed</source>
        <translation>标为未校对</translation>
    </message>
    <message>
        <source>mark as illegible</source>
        <translation>标为无法辨认</translation>
    </message>
    <message>
        <source>move box</source>
        <translation>移动文本框</translation>
    </message>
    <message>
        <source>add line</source>
        <translation>添加行</translation>
    </message>
    <message>
        <source>delete lines</source>
        <translation>删除行</translation>
    </message>
    <message>
        <source>split line</source>
        <translation>拆分行</translation>
    </message>
    <message>
        <source>join lines</source>
        <translation>合并行</translation>
    </message>
    <message>
        <source>change reading order</source>
        <translation>调整阅读顺序</translation>
    </message>
    <message>
        <source>delete page</source>
        <translation>删除页面</translation>
    </message>
    <message>
        <source>read lines again</source>
        <translation>重新识别行</translation>
    </message>
    <message>
        <source>read page again</source>
        <translation>重新识别页面</translation>
    </message>
    <message>
        <source>verify: correct a character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>verify: confirm characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sign off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>take back the sign-off</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ThumbnailList</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Drop scans, photos or PDFs here</source>
        <translation>将扫描件、照片或 PDF 拖放到此处</translation>
    </message>
    <message>
        <source>The text is read line by line; you check it beside the page and export it.</source>
        <translation>程序逐行识别文字，可对照原件校对后导出。</translation>
    </message>
    <message>
        <source>Everything stays on this computer.</source>
        <translation>所有内容只保存在本机。</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
</TS>
