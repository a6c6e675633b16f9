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
    <message>
        <source>Pages, texts and corrections stay on this computer. The program has no network code and logs no recognised text; the File menu forgets which projects were open.</source>
        <translation>页面、文字和校对内容都只保存在本机。程序不含任何联网代码，也不在日志中记录识别出的文字；最近打开过哪些项目，可在“文件”菜单中清除。</translation>
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
    <name>CellDelegate</name>
    <message>
        <source>no picture</source>
        <translation>无图像</translation>
    </message>
</context>
<context>
    <name>ChangesRow</name>
    <message>
        <source>The machine has not read this line.</source>
        <translation>机器未识别过此行。</translation>
    </message>
    <message>
        <source>Nothing was changed in this line.</source>
        <translation>此行没有改动。</translation>
    </message>
    <message>
        <source>“{0}” was “{1}”</source>
        <translation>“{0}”原为“{1}”</translation>
    </message>
    <message>
        <source>Click a change to take it back</source>
        <translation>单击一处改动即可恢复</translation>
    </message>
    <message>
        <source>As it was read</source>
        <translation>恢复整行</translation>
    </message>
    <message>
        <source>Bring back the whole line as it was read</source>
        <translation>整行恢复为识别结果</translation>
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
    <message>
        <source>Scans, photos, PDFs and projects</source>
        <translation>扫描件、照片、PDF 和项目</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
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
        <translation>上一个有待校对行的页</translation>
    </message>
    <message>
        <source>Next page with lines to review</source>
        <translation>下一个有待校对行的页</translation>
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
        <translation>查找(&amp;F)…</translation>
    </message>
    <message>
        <source>Re&amp;place…</source>
        <translation>替换(&amp;P)…</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>设置(&amp;T)…</translation>
    </message>
    <message>
        <source>A&amp;dd the word to your own list</source>
        <translation>将词语加入自己的词表(&amp;D)</translation>
    </message>
    <message>
        <source>Sho&amp;w what was changed against the reading</source>
        <translation>显示与识别结果的差异(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Bring back what was read at the caret</source>
        <translation>恢复光标处的识别结果(&amp;B)</translation>
    </message>
    <message>
        <source>Bring back the w&amp;hole line as it was read</source>
        <translation>整行恢复为识别结果(&amp;H)</translation>
    </message>
    <message>
        <source>Mark the p&amp;lace as illegible (□)</source>
        <translation>将此处标为无法辨认（□）(&amp;L)</translation>
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
    <message>
        <source>&amp;New</source>
        <translation>新建(&amp;N)</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Ne&amp;xt document</source>
        <translation>下一个文档(&amp;X)</translation>
    </message>
    <message>
        <source>Remember &amp;which projects were open</source>
        <translation>记住打开过的项目(&amp;W)</translation>
    </message>
    <message>
        <source>Forget this &amp;list</source>
        <translation>清除此列表(&amp;L)</translation>
    </message>
    <message>
        <source>Find &amp;next</source>
        <translation>查找下一处(&amp;N)</translation>
    </message>
    <message>
        <source>Find pre&amp;vious</source>
        <translation>查找上一处(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Also read lines that I checked or changed</source>
        <translation>也重新识别已校对或修改过的行(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Pause reading</source>
        <translation>暂停识别(&amp;P)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Show lines and te&amp;xt</source>
        <translation>显示行与文本(&amp;X)</translation>
    </message>
    <message>
        <source>&amp;Show critical places to review</source>
        <translation>查看待校对的关键处(&amp;S)</translation>
    </message>
    <message>
        <source>Mar&amp;k critical places</source>
        <translation>标出关键处(&amp;K)</translation>
    </message>
    <message>
        <source>Si&amp;gn off the page</source>
        <translation>签发本页(&amp;G)</translation>
    </message>
    <message>
        <source>Sign o&amp;ff the whole document</source>
        <translation>签发整个文档(&amp;F)</translation>
    </message>
    <message>
        <source>Reviewer&apos;s na&amp;me…</source>
        <translation>校对人姓名(&amp;M)…</translation>
    </message>
    <message>
        <source>S&amp;traightened page</source>
        <translation>校正后的页面(&amp;T)</translation>
    </message>
    <message>
        <source>Show fiel&amp;ds</source>
        <translation>显示字段(&amp;D)</translation>
    </message>
    <message>
        <source>Verif&amp;y characters in groups</source>
        <translation>按组核对字符(&amp;Y)</translation>
    </message>
    <message>
        <source>Next / previous place, in the bar for finding</source>
        <translation>查找栏中：下一处 / 上一处</translation>
    </message>
    <message>
        <source>Tick a line, in the list of replacements</source>
        <translation>替换列表中：勾选一行</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>保存(&amp;V)</translation>
    </message>
    <message>
        <source>Previous &amp;document</source>
        <translation>上一个文档(&amp;D)</translation>
    </message>
    <message>
        <source>Groups: all shown are right, go on</source>
        <translation>按组核对：所示均正确，继续</translation>
    </message>
    <message>
        <source>Groups: look at this one later</source>
        <translation>按组核对：本组推后</translation>
    </message>
    <message>
        <source>Groups: leave one character for later</source>
        <translation>按组核对：此字稍后再看</translation>
    </message>
    <message>
        <source>Groups: choose an offered reading</source>
        <translation>按组核对：选择候选读法</translation>
    </message>
    <message>
        <source>Groups: take the character out</source>
        <translation>按组核对：删去此字</translation>
    </message>
    <message>
        <source>Groups: the one before / after</source>
        <translation>按组核对：上一组 / 下一组</translation>
    </message>
    <message>
        <source>Groups: the character on its page</source>
        <translation>按组核对：转到字符所在页面</translation>
    </message>
    <message>
        <source>Light and geometr&amp;y</source>
        <translation>光照与几何(&amp;Y)</translation>
    </message>
    <message>
        <source>Caret by a word or four characters</source>
        <translation>光标跳过一个词或四个字</translation>
    </message>
    <message>
        <source>Own &amp;fields…</source>
        <translation>自己的字段(&amp;F)…</translation>
    </message>
</context>
<context>
    <name>Critical</name>
    <message>
        <source>number</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>left/right</source>
        <translation>左/右</translation>
    </message>
    <message>
        <source>positive/negative</source>
        <translation>阴/阳性</translation>
    </message>
    <message>
        <source>negation</source>
        <translation>否定</translation>
    </message>
    <message>
        <source>drug</source>
        <translation>药名</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
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
    <name>DoubtSlider</name>
    <message>
        <source>Doubtful below</source>
        <translation>存疑低于</translation>
    </message>
    <message>
        <source>Doubtful below, in per cent</source>
        <translation>存疑阈值（百分比）</translation>
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
        <translation>已校对行数</translation>
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
    <message>
        <source>effort</source>
        <translation>工作量</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
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
    <message>
        <source>Per correction</source>
        <translation>每处更正击键</translation>
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
        <translation>此页的图片已不在原处：文字仍可使用。</translation>
    </message>
    <message>
        <source>This is another picture than the one that was read: choose the right one.</source>
        <translation>这不是识别时的那张图片：请选择正确的图片。</translation>
    </message>
    <message>
        <source>The file of fields {file} cannot be read as TOML in UTF-8 from line {line} on: correct it or take it out of the folder.</source>
        <translation>字段文件 {file} 从第 {line} 行起不是 UTF-8 编码的 TOML：请改正，或将其移出文件夹。</translation>
    </message>
    <message>
        <source>The field in line {line} of {file} cannot be used: it needs a name of its own and labels, a kind (line, section, number, date, code) or a bounded value, and no more.</source>
        <translation>{file} 第 {line} 行的字段无法使用：需要不重复的名称和标签、一个类型（line、section、number、date、code）或有界的 value，不能有其他内容。</translation>
    </message>
    <message>
        <source>The file is not a project of this program: choose one that the program saved.</source>
        <translation>这个文件不是本程序的项目：请选择由本程序保存的项目文件。</translation>
    </message>
</context>
<context>
    <name>ExportCommands</name>
    <message>
        <source>Exported to {path}</source>
        <translation>已导出到 {path}</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
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
    <message>
        <source>Add who reviewed what and when</source>
        <translation>附上校对记录（校对人、时间）</translation>
    </message>
    <message>
        <source>Fields and laboratory rows</source>
        <translation>字段与检验结果</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Second reader: “{0}”</source>
        <translation>第二识别器：“{0}”</translation>
    </message>
    <message>
        <source>“{0}” is right with a probability of {1} %</source>
        <translation>“{0}”正确的概率为 {1} %</translation>
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
    <message>
        <source>Marked as illegible: a person could not read this character</source>
        <translation>已标为无法辨认：人工也认不出这个字</translation>
    </message>
    <message>
        <source>A rule made “{1}” of “{0}”: {2}</source>
        <translation>规则已将“{0}”改为“{1}”：{2}</translation>
    </message>
    <message>
        <source>{0} takes it back</source>
        <translation>按 {0} 撤回</translation>
    </message>
    <message>
        <source>A rule suggests “{0}”: {1}</source>
        <translation>规则建议“{0}”：{1}</translation>
    </message>
    <message>
        <source>lexicon</source>
        <translation>词库</translation>
    </message>
    <message>
        <source>own list</source>
        <translation>自己的词表</translation>
    </message>
    <message>
        <source>Other readings: {0}</source>
        <translation>其他读法：{0}</translation>
    </message>
</context>
<context>
    <name>FailedFiles</name>
    <message>
        <source>Not opened or read</source>
        <translation>未能打开或识别</translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 项失败</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>参考区间</translation>
    </message>
</context>
<context>
    <name>FieldsPanel</name>
    <message numerus="yes">
        <source>%n field(s)</source>
        <translation>
            <numerusform>%n 个字段</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n laboratory row(s)</source>
        <translation>
            <numerusform>%n 行检验结果</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missing</source>
        <translation>
            <numerusform>缺 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n doubtful</source>
        <translation>
            <numerusform>%n 个存疑</numerusform>
        </translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Fields of the page</source>
        <translation>本页字段</translation>
    </message>
    <message>
        <source>Laboratory rows of the page</source>
        <translation>本页检验结果</translation>
    </message>
    <message>
        <source>No fields were found on this page: labels such as “姓名：” or “Name:” make them.</source>
        <translation>本页未找到字段：字段由“姓名：”“Name:”等标签识别。</translation>
    </message>
    <message>
        <source>New field…</source>
        <translation>新建字段…</translation>
    </message>
    <message>
        <source>Say what else is to be found on your pages</source>
        <translation>说明页面上还要找出什么</translation>
    </message>
</context>
<context>
    <name>FilterMenu</name>
    <message>
        <source>Li&amp;nes listed</source>
        <translation>列出的行(&amp;N)</translation>
    </message>
</context>
<context>
    <name>GroupModel</name>
    <message>
        <source>Later</source>
        <translation>稍后再看</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>postponed</source>
        <translation>已推后</translation>
    </message>
    <message numerus="yes">
        <source>%n doubtful</source>
        <translation>
            <numerusform>%n 处存疑</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n 处</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeysEditor</name>
    <message>
        <source>changed</source>
        <translation>已改</translation>
    </message>
    <message>
        <source>{key} is the key of “{command}”.</source>
        <translation>{key} 已是“{command}”的按键。</translation>
    </message>
    <message>
        <source>“{command}” keeps the key that it was given.</source>
        <translation>“{command}”保留已分配给它的按键。</translation>
    </message>
    <message>
        <source>{key} types a character: hold Ctrl with it.</source>
        <translation>{key} 用于输入字符：请同时按住 Ctrl。</translation>
    </message>
    <message>
        <source>{key} is needed for writing or moving: choose another key.</source>
        <translation>{key} 用于输入或移动光标：请换一个按键。</translation>
    </message>
    <message>
        <source>{key} belongs to the system and the menus: choose another key.</source>
        <translation>{key} 由系统和菜单使用：请换一个按键。</translation>
    </message>
    <message>
        <source>Search commands and keys</source>
        <translation>搜索命令和按键</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>命令及其按键</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新按键</translation>
    </message>
    <message>
        <source>Press the new key (Esc: leave as it is)</source>
        <translation>请按下新的按键（Esc：保持不变）</translation>
    </message>
    <message>
        <source>Move it here</source>
        <translation>移到这里</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>不设按键</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation>全部恢复默认</translation>
    </message>
</context>
<context>
    <name>Kind</name>
    <message>
        <source>digit</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>capital letter</source>
        <translation>大写字母</translation>
    </message>
    <message>
        <source>small letter</source>
        <translation>小写字母</translation>
    </message>
    <message>
        <source>Chinese character</source>
        <translation>汉字</translation>
    </message>
    <message>
        <source>sign</source>
        <translation>符号</translation>
    </message>
</context>
<context>
    <name>LightPanel</name>
    <message>
        <source>As the program decides</source>
        <translation>由程序决定</translation>
    </message>
    <message>
        <source>Own choices</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>See a sheet on a desk straight from above</source>
        <translation>拉正桌面上拍摄的纸张</translation>
    </message>
    <message>
        <source>Find out rotation and tilt</source>
        <translation>自动判断旋转与倾斜</translation>
    </message>
    <message>
        <source>Turned by</source>
        <translation>已旋转</translation>
    </message>
    <message>
        <source>Remove shadows</source>
        <translation>去除阴影</translation>
    </message>
    <message>
        <source>Raise local contrast</source>
        <translation>增强局部对比度</translation>
    </message>
    <message>
        <source>by at most</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Remove grain</source>
        <translation>去除噪点</translation>
    </message>
    <message>
        <source>Remove red stamps</source>
        <translation>去除红色印章</translation>
    </message>
    <message>
        <source>Remove coloured ruled lines</source>
        <translation>去除彩色格线</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>锐化</translation>
    </message>
    <message>
        <source>Enlarge small text</source>
        <translation>放大小字</translation>
    </message>
    <message>
        <source>Read the text from this picture, not from the original</source>
        <translation>用处理后的图像识别文字，而非原图</translation>
    </message>
    <message>
        <source>Light and geometry</source>
        <translation>光照与几何</translation>
    </message>
    <message>
        <source>How this page is prepared</source>
        <translation>本页的处理方式</translation>
    </message>
    <message>
        <source>Where needed</source>
        <translation>需要时</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Delete this preset</source>
        <translation>删除此预设</translation>
    </message>
    <message>
        <source>Read page like this</source>
        <translation>按此重新识别本页</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Name of a preset</source>
        <translation>预设名称</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Keep these choices under this name</source>
        <translation>以此名称保存当前选择</translation>
    </message>
    <message>
        <source>as the program decides</source>
        <translation>由程序决定</translation>
    </message>
    <message>
        <source>by own choices</source>
        <translation>按自定义选择</translation>
    </message>
    <message>
        <source>Next pages: {0}</source>
        <translation>之后的页面：{0}</translation>
    </message>
    <message>
        <source>Next pages like this too</source>
        <translation>之后的页面也这样处理</translation>
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
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Bring back the text as it was before this visit (Esc)</source>
        <translation>恢复到本次修改之前的文字（Esc）</translation>
    </message>
    <message>
        <source>Previous doubtful place</source>
        <translation>上一处存疑</translation>
    </message>
    <message>
        <source>Next doubtful place</source>
        <translation>下一处存疑</translation>
    </message>
    <message>
        <source>Nobody can read this line</source>
        <translation>此行无法辨认</translation>
    </message>
</context>
<context>
    <name>LineModel</name>
    <message>
        <source>Critical: {kinds}</source>
        <translation>关键处：{kinds}</translation>
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
    <message>
        <source>Changed {0}</source>
        <translation>已改 {0}</translation>
    </message>
    <message>
        <source>Rules {0}</source>
        <translation>规则 {0}</translation>
    </message>
    <message>
        <source>Critical {0}</source>
        <translation>关键 {0}</translation>
    </message>
    <message>
        <source>All lines of the page</source>
        <translation>本页的所有行</translation>
    </message>
    <message>
        <source>Lines whose text a person changed</source>
        <translation>文字被人改过的行</translation>
    </message>
    <message>
        <source>Lines that a rule corrected or suggests to correct</source>
        <translation>规则改正过或建议改正的行</translation>
    </message>
    <message>
        <source>Lines with numbers and units, left/right, positive/negative, negations or drugs</source>
        <translation>含数值与单位、左/右、阴/阳性、否定词或药名的行</translation>
    </message>
    <message>
        <source>Only lines that nobody has reviewed yet; goes together with the others</source>
        <translation>只列出尚未校对的行；可与其他条件同时使用</translation>
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
    <message>
        <source>Read them too</source>
        <translation>也重新识别这些行</translation>
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
    <name>MissingPictures</name>
    <message>
        <source>Find the picture…</source>
        <translation>查找图片…</translation>
    </message>
    <message>
        <source>Find {name}</source>
        <translation>查找 {name}</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
</context>
<context>
    <name>NewField</name>
    <message>
        <source>Give the field a name; name and labels have at most 40 characters.</source>
        <translation>请填写字段名称；名称和标签各不超过 40 个字符。</translation>
    </message>
    <message>
        <source>You have a field of this name already: choose another name.</source>
        <translation>已有同名的自定义字段：请换一个名称。</translation>
    </message>
    <message>
        <source>Name of the field</source>
        <translation>字段名称</translation>
    </message>
    <message>
        <source>Labels before the value, divided by commas</source>
        <translation>值前面的标签，用逗号分隔</translation>
    </message>
    <message>
        <source>Kind of value</source>
        <translation>值的类型</translation>
    </message>
    <message>
        <source>Text in one line</source>
        <translation>单行文字</translation>
    </message>
    <message>
        <source>Text over several lines</source>
        <translation>多行文字</translation>
    </message>
    <message>
        <source>Number with unit</source>
        <translation>数值和单位</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Letters and digits</source>
        <translation>字母和数字</translation>
    </message>
    <message>
        <source>Add field</source>
        <translation>添加字段</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Offers</name>
    <message>
        <source>d MMM HH:mm</source>
        <comment>day and time of unsaved work</comment>
        <translation>M月d日 HH:mm</translation>
    </message>
    <message>
        <source>Unsaved work from {at}: its file is damaged.</source>
        <translation>{at} 未保存的工作：文件已损坏。</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n 页</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{reviewed} of %n line(s) reviewed</source>
        <translation>
            <numerusform>%n 行中已校对 {reviewed} 行</numerusform>
        </translation>
    </message>
    <message>
        <source>The line that was being typed on page {page}, line {line} may be incomplete.</source>
        <translation>第 {page} 页第 {line} 行当时正在输入，可能不完整。</translation>
    </message>
    <message>
        <source>Rescue what is readable</source>
        <translation>抢救可读的内容</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>The unsaved work was deleted.</source>
        <translation>未保存的工作已删除。</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>The program ended unexpectedly while this project was open.</source>
        <translation>程序意外退出时，此项目处于打开状态。</translation>
    </message>
    <message>
        <source>Unsaved work from {at}: {pages}, {reviewed}.</source>
        <translation>{at} 未保存的工作：{pages}，{reviewed}。</translation>
    </message>
</context>
<context>
    <name>OpenWork</name>
    <message numerus="yes">
        <source>%n line(s) not reviewed yet.</source>
        <translation>
            <numerusform>还有 %n 行未校对。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) with doubtful places.</source>
        <translation>
            <numerusform>%n 行有存疑之处。</numerusform>
        </translation>
    </message>
    <message>
        <source>{kind} {count}</source>
        <translation>{kind} {count}</translation>
    </message>
    <message numerus="yes">
        <source>%n critical place(s) not reviewed: {kinds}.</source>
        <translation>
            <numerusform>%n 个关键处未校对：{kinds}。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>去查看</translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message>
        <source>document {number} of {count}</source>
        <translation>第 {number} 个文档，共 {count} 个</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) beside the projects were not opened.</source>
        <translation>
            <numerusform>项目之外的 %n 个文件未打开。</numerusform>
        </translation>
    </message>
    <message>
        <source>This project is open already.</source>
        <translation>此项目已经打开。</translation>
    </message>
    <message>
        <source>Opening {name}…</source>
        <translation>正在打开 {name}…</translation>
    </message>
    <message>
        <source>This is the last document of the queue.</source>
        <translation>这是队列中的最后一个文档。</translation>
    </message>
    <message>
        <source>This is the first document of the queue.</source>
        <translation>这是队列中的第一个文档。</translation>
    </message>
    <message>
        <source>The program ended unexpectedly the last time. Your work is here.</source>
        <translation>上次程序意外退出。您的工作已在此处。</translation>
    </message>
    <message>
        <source>The line that was being typed on page {page}, line {line} may be incomplete.</source>
        <translation>第 {page} 页第 {line} 行当时正在输入，可能不完整。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Rescue what is readable</source>
        <translation>抢救可读的内容</translation>
    </message>
    <message>
        <source>It lies where nothing may be written: you work on a copy without a name.</source>
        <translation>文件所在位置不能写入：您正在未命名的副本上工作。</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Rescuing what is readable…</source>
        <translation>正在抢救可读的内容…</translation>
    </message>
    <message>
        <source>{name} (rescued)</source>
        <translation>{name}（抢救）</translation>
    </message>
    <message>
        <source>Rescued: {lines} on {pages}. Lost: {lost}.</source>
        <translation>已抢救 {pages}、{lines}；丢失 {lost}。</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing in the file could be read: take a backup of it.</source>
        <translation>文件中没有可读的内容：请使用备份。</translation>
    </message>
    <message numerus="yes">
        <source>%n finished</source>
        <translation>
            <numerusform>已完成 %n 个</numerusform>
        </translation>
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
    <message>
        <source>Your own fields: put files with the suffix .toml, in UTF-8, into this folder.</source>
        <translation>自己的字段：把 UTF-8 编码、后缀为 .toml 的文件放入本文件夹。</translation>
    </message>
    <message>
        <source>Each [[field]] has name, labels (what stands before the value) and kind: line, section, number, date or code; instead of kind it may have value, a regular expression.</source>
        <translation>每个 [[field]] 有 name（名称）、labels（值前面的标签）和 kind（类型）：line、section、number、date 或 code；也可用正则表达式 value 代替 kind。</translation>
    </message>
    <message>
        <source>They count at once; where a label is also one of the program&apos;s, it is yours.</source>
        <translation>立即生效；与程序自带标签相同的，以自己的为准。</translation>
    </message>
</context>
<context>
    <name>PageCommands</name>
    <message>
        <source>Select the lines to join first: Ctrl+click, or Shift+Down in their list.</source>
        <translation>请先选中要合并的行：按住 Ctrl 单击文本框，或在行列表中按 Shift+↓。</translation>
    </message>
</context>
<context>
    <name>PageDelegate</name>
    <message>
        <source>signed</source>
        <translation>已签发</translation>
    </message>
</context>
<context>
    <name>PageListPanel</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
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
        <source>Click the boxes in the order in which they are to be read, or move the current line with Alt+↑ and Alt+↓. Esc ends.</source>
        <translation>按阅读先后依次单击各框，或用 Alt+↑、Alt+↓ 移动当前行。Esc 结束。</translation>
    </message>
    <message>
        <source>The page is being straightened…</source>
        <translation>正在校正页面…</translation>
    </message>
    <message>
        <source>Click to cut, or use the arrow keys and Enter. Shift+click and ↑ ↓ cut between two lines. Esc ends.</source>
        <translation>单击要切开的位置，或用方向键移动切线后按 Enter。按住 Shift 单击或用 ↑ ↓ 在两行之间切开。Esc 结束。</translation>
    </message>
</context>
<context>
    <name>Panels</name>
    <message>
        <source>Pan&amp;els in a window of their own</source>
        <translation>面板独立成窗口(&amp;E)</translation>
    </message>
</context>
<context>
    <name>PlainRow</name>
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
        <source>It was not kept for this line: read the line again.</source>
        <translation>此行没有保留原始结果：请重新识别此行。</translation>
    </message>
    <message>
        <source>Put this in the place of the text</source>
        <translation>用它替换文字</translation>
    </message>
</context>
<context>
    <name>ProjectCommands</name>
    <message>
        <source>Project that refers to the picture files (*.docr)</source>
        <translation>项目，引用图片文件 (*.docr)</translation>
    </message>
    <message>
        <source>Project with the pictures inside (*.docr)</source>
        <translation>项目，内含图片 (*.docr)</translation>
    </message>
    <message>
        <source>Save project as</source>
        <translation>项目另存为</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
</context>
<context>
    <name>ProjectMenus</name>
    <message>
        <source>{name} (not there)</source>
        <translation>{name}（已不存在）</translation>
    </message>
    <message>
        <source>{name} (finished)</source>
        <translation>{name}（已完成）</translation>
    </message>
    <message>
        <source>Open re&amp;cent</source>
        <translation>最近打开(&amp;C)</translation>
    </message>
    <message>
        <source>Docu&amp;ments of the queue</source>
        <translation>队列中的文档(&amp;M)</translation>
    </message>
    <message>
        <source>{name} (not opened)</source>
        <translation>{name}（未能打开）</translation>
    </message>
</context>
<context>
    <name>Projects</name>
    <message>
        <source>not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>cannot be saved</source>
        <translation>无法保存</translation>
    </message>
    <message>
        <source>Your work cannot be saved by itself. {reason}</source>
        <translation>无法自动保存您的工作。{reason}</translation>
    </message>
    <message>
        <source>Saved. Every change is saved by itself.</source>
        <translation>已保存。每次修改都会自动保存。</translation>
    </message>
    <message>
        <source>Saving as {name}…</source>
        <translation>正在另存为 {name}…</translation>
    </message>
    <message>
        <source>Saved as {path}</source>
        <translation>已保存为 {path}</translation>
    </message>
    <message>
        <source>Choose another name…</source>
        <translation>换一个名称…</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Your work without a name was kept.</source>
        <translation>未命名的工作已保留。</translation>
    </message>
    <message>
        <source>Go back to it</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>The work that was open before could not be saved anywhere.</source>
        <translation>之前打开的工作无法保存到任何位置。</translation>
    </message>
    <message>
        <source>Your latest work cannot be saved anywhere: free some space first.</source>
        <translation>最新的工作无法保存到任何位置：请先释放磁盘空间。</translation>
    </message>
    <message>
        <source>{reason} Your work goes on in memory only.</source>
        <translation>{reason}您可以继续工作，但内容仅在内存中。</translation>
    </message>
    <message>
        <source>{reason} Your work goes on; a rescue copy is kept in {path}</source>
        <translation>{reason}您可以继续工作；应急副本保存在 {path}</translation>
    </message>
    <message>
        <source>Everything is saved again.</source>
        <translation>所有内容已重新保存。</translation>
    </message>
</context>
<context>
    <name>ReadingChoices</name>
    <message>
        <source>Recognition &amp;model</source>
        <translation>识别模型(&amp;M)</translation>
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
    <name>ReadingProgress</name>
    <message>
        <source>Paused at page {number} of {pages}</source>
        <translation>已暂停：第 {number} 页，共 {pages} 页</translation>
    </message>
    <message>
        <source>Reading page {number} of {pages}</source>
        <translation>正在识别第 {number} 页，共 {pages} 页</translation>
    </message>
    <message>
        <source>Reading is paused</source>
        <translation>识别已暂停</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在识别…</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>剩余不到 1 分钟</translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>剩余约 %n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s) left</source>
        <translation>
            <numerusform>剩余约 %n 小时</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>p. {page}, line {line}</source>
        <translation>第 {page} 页第 {line} 行</translation>
    </message>
    <message>
        <source>will be changed</source>
        <translation>将被替换</translation>
    </message>
    <message>
        <source>stays</source>
        <translation>保持不变</translation>
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
    <name>ReviewerRow</name>
    <message>
        <source>Who is reviewing?</source>
        <translation>谁在校对？</translation>
    </message>
    <message>
        <source>The name is kept on this computer and stands beside what you confirm.</source>
        <translation>姓名只保存在本机，并与您确认的内容记在一起。</translation>
    </message>
    <message>
        <source>Reviewer&apos;s name</source>
        <translation>校对人姓名</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Use this name</source>
        <translation>使用此姓名</translation>
    </message>
    <message>
        <source>Use “{name}”</source>
        <translation>使用“{name}”</translation>
    </message>
    <message>
        <source>Your name on this computer</source>
        <translation>您在本机的用户名</translation>
    </message>
    <message>
        <source>Review without a name</source>
        <translation>不填姓名</translation>
    </message>
    <message>
        <source>Review without a name (Esc)</source>
        <translation>不填姓名 (Esc)</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>The regular expression takes too long: make it simpler.</source>
        <translation>正则表达式耗时过长：请写得简单些。</translation>
    </message>
    <message>
        <source>What it is to be replaced by names a group that is not there.</source>
        <translation>替换内容引用了不存在的分组。</translation>
    </message>
    <message>
        <source>The regular expression is not complete or wrong at character {n}.</source>
        <translation>正则表达式不完整或有误（第 {n} 个字符处）。</translation>
    </message>
    <message>
        <source>The regular expression cannot be used: make it simpler.</source>
        <translation>无法使用该正则表达式：请写得简单些。</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>{number} of {count}</source>
        <translation>第 {number} / {count} 处</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>未找到</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Replace in %n line(s)</source>
        <translation>
            <numerusform>替换 %n 行(&amp;R)</numerusform>
        </translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Replace by</source>
        <translation>替换为</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>整词</translation>
    </message>
    <message>
        <source>ａ=a</source>
        <translation>ａ=a</translation>
    </message>
    <message>
        <source>Capital and small letters differ</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Whole words only (of Latin letters and digits)</source>
        <translation>仅匹配整词（字母和数字）</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>Full and half width are the same</source>
        <translation>不区分全角和半角</translation>
    </message>
    <message>
        <source>To the place before (Shift+Enter)</source>
        <translation>上一处 (Shift+Enter)</translation>
    </message>
    <message>
        <source>To the next place (Enter)</source>
        <translation>下一处 (Enter)</translation>
    </message>
    <message>
        <source>List what was found</source>
        <translation>列出查找结果</translation>
    </message>
    <message>
        <source>Tick all lines, or none</source>
        <translation>全部勾选或全部取消</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>All / none</source>
        <translation>全选/全不选</translation>
    </message>
    <message>
        <source>Where to search</source>
        <translation>查找范围</translation>
    </message>
    <message>
        <source>All pages</source>
        <translation>所有页面</translation>
    </message>
    <message>
        <source>This page</source>
        <translation>本页</translation>
    </message>
    <message>
        <source>Lines found</source>
        <translation>找到的行</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>It stands beside what you confirm</source>
        <translation>会写在您确认的内容旁</translation>
    </message>
</context>
<context>
    <name>SheetModel</name>
    <message>
        <source>“{0}”, {1} %</source>
        <translation>“{0}”，{1} %</translation>
    </message>
    <message>
        <source>→ removed</source>
        <translation>→ 已删去</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>line reviewed</source>
        <translation>整行已校对</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>已不在</translation>
    </message>
    <message>
        <source>later</source>
        <translation>稍后再看</translation>
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
    <name>SignOff</name>
    <message>
        <source>signed off</source>
        <translation>已签发</translation>
    </message>
    <message>
        <source>signed off by {name}</source>
        <translation>{name} 已签发</translation>
    </message>
    <message>
        <source>Signed off, {time}</source>
        <translation>已签发，{time}</translation>
    </message>
    <message>
        <source>Signed off by {name}, {time}</source>
        <translation>{name} 已签发，{time}</translation>
    </message>
    <message>
        <source>{name}, {time}</source>
        <translation>{name}，{time}</translation>
    </message>
</context>
<context>
    <name>SignOffCommands</name>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>All pages are signed off already.</source>
        <translation>所有页都已签发。</translation>
    </message>
    <message numerus="yes">
        <source>Not signed off: %n line(s) are not reviewed yet.</source>
        <translation>
            <numerusform>未签发：还有 %n 行未校对。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They hold %n critical place(s).</source>
        <translation>
            <numerusform>其中有 %n 个关键处。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) signed off.</source>
        <translation>
            <numerusform>已签发 %n 页。</numerusform>
        </translation>
    </message>
    <message>
        <source>Next page with lines to review</source>
        <translation>下一个有待校对行的页</translation>
    </message>
    <message>
        <source>The page was changed: it is no longer signed off.</source>
        <translation>本页已改动，签发已撤回。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>There is no critical place that nobody has reviewed.</source>
        <translation>没有未校对的关键处。</translation>
    </message>
    <message>
        <source>Not signed off: a page that is not read to its end can still change.</source>
        <translation>未签发：尚未识别完的页还会变化。</translation>
    </message>
    <message>
        <source>All lines of the page are reviewed: {key} signs it off.</source>
        <translation>本页各行均已校对：按 {key} 签发。</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) were changed: they are no longer signed off.</source>
        <translation>
            <numerusform>有 %n 页已改动，签发已撤回。</numerusform>
        </translation>
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
    <message numerus="yes">
        <source>{signed} of %n page(s) signed off</source>
        <translation>
            <numerusform>已签发 {signed} / %n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>Document: {facts}</source>
        <translation>整个文档：{facts}</translation>
    </message>
    <message numerus="yes">
        <source>{number} of %n doubtful left</source>
        <translation>
            <numerusform>存疑第 {number} / %n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n doubtful left on all pages</source>
        <translation>
            <numerusform>全部页面剩余 %n 行存疑</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{number} of %n doubtful left on all pages</source>
        <translation>
            <numerusform>全部页面存疑第 {number} / %n 行</numerusform>
        </translation>
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
        <translation>核对：改正字符</translation>
    </message>
    <message>
        <source>verify: confirm characters</source>
        <translation>核对：确认字符</translation>
    </message>
    <message>
        <source>sign off</source>
        <translation>签发</translation>
    </message>
    <message>
        <source>take back the sign-off</source>
        <translation>撤回签发</translation>
    </message>
    <message>
        <source>replace text</source>
        <translation>替换文字</translation>
    </message>
    <message>
        <source>name the reviewer</source>
        <translation>填写校对人</translation>
    </message>
</context>
<context>
    <name>StepFacts</name>
    <message>
        <source>A sheet was found, {0} % of the picture</source>
        <translation>找到纸张，占画面 {0} %</translation>
    </message>
    <message>
        <source>Turned back by {0}°</source>
        <translation>已转正 {0}°</translation>
    </message>
    <message>
        <source>Divided out: brightness of the paper differed by {0}</source>
        <translation>已去除：纸面亮度相差 {0}</translation>
    </message>
    <message>
        <source>Raised by at most {0}</source>
        <translation>已增强，上限 {0}</translation>
    </message>
    <message>
        <source>Taken away: noise of {0}</source>
        <translation>已去除：噪声 {0}</translation>
    </message>
    <message>
        <source>Removed: {0} pixels</source>
        <translation>已去除 {0} 个像素</translation>
    </message>
    <message>
        <source>Sharpened by {0}</source>
        <translation>已锐化 {0}</translation>
    </message>
    <message>
        <source>Enlarged {0} times</source>
        <translation>已放大 {0} 倍</translation>
    </message>
    <message>
        <source>Seen at {0} % of its size</source>
        <translation>以原尺寸的 {0} % 查看</translation>
    </message>
</context>
<context>
    <name>TextCommands</name>
    <message>
        <source>Select the word first: Shift with the arrow keys</source>
        <translation>请先选中词语：按住 Shift 再按方向键</translation>
    </message>
    <message>
        <source>“{word}” is in your own list already.</source>
        <translation>“{word}”已在自己的词表中。</translation>
    </message>
    <message>
        <source>“{word}” is in your own list now; it counts for the next page read.</source>
        <translation>“{word}”已加入自己的词表，从下一次识别页面起生效。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>“{word}” is no longer in your own list.</source>
        <translation>“{word}”已从自己的词表中删除。</translation>
    </message>
    <message numerus="yes">
        <source>Replaced in %n line(s).</source>
        <translation>
            <numerusform>已替换 %n 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Replacing: {percent} %, Esc cancels…</source>
        <translation>正在替换：{percent} %，按 Esc 取消…</translation>
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
    <name>Trust</name>
    <message>
        <source>reviewed</source>
        <translation>已校对</translation>
    </message>
    <message>
        <source>doubtful</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>looks unusual</source>
        <translation>形式异常</translation>
    </message>
    <message>
        <source>not reviewed</source>
        <translation>未校对</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
</context>
<context>
    <name>VerifyView</name>
    <message>
        <source>Esc goes back to the page.</source>
        <translation>Esc 返回页面。</translation>
    </message>
    <message>
        <source>Places read as “{0}”</source>
        <translation>识别为“{0}”的各处</translation>
    </message>
    <message>
        <source>Places left for later</source>
        <translation>留待稍后再看的各处</translation>
    </message>
    <message>
        <source>Gathering characters: page {0} of {1}</source>
        <translation>正在收集字符：第 {0} 页，共 {1} 页</translation>
    </message>
    <message>
        <source>There is nothing to compare: no character is doubtful or looks like another.</source>
        <translation>没有需要比对的字符：既无存疑字符，也无形近字符。</translation>
    </message>
    <message>
        <source>All groups were gone through.</source>
        <translation>各组均已核对完毕。</translation>
    </message>
    <message>
        <source>Left for later</source>
        <translation>留待稍后再看</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n 处</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n doubtful</source>
        <translation>
            <numerusform>%n 处存疑</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>显示其中 %n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>Replace by “{0}” ({1})</source>
        <translation>改为“{0}”（{1}）</translation>
    </message>
    <message>
        <source>1–9 choose a reading.</source>
        <translation>按 1–9 选择读法。</translation>
    </message>
    <message>
        <source>In this group a digit types itself; Alt+1–9 choose a reading.</source>
        <translation>本组中数字键直接输入数字，按 Alt+1–9 选择读法。</translation>
    </message>
    <message>
        <source>Arrows move; type the right character, Del takes it out.</source>
        <translation>方向键移动；直接输入正确的字，Del 删去。</translation>
    </message>
    <message>
        <source>Page {0}, line {1}, {2} %</source>
        <translation>第 {0} 页，第 {1} 行，{2} %</translation>
    </message>
    <message>
        <source>Verification in groups</source>
        <translation>按组核对</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>字符组</translation>
    </message>
    <message>
        <source>Picture of the line</source>
        <translation>本行图像</translation>
    </message>
    <message>
        <source>Confirm all shown</source>
        <translation>全部确认</translation>
    </message>
    <message>
        <source>All characters shown are right (Enter)</source>
        <translation>所示字符均正确（Enter）</translation>
    </message>
    <message>
        <source>Postpone</source>
        <translation>推后</translation>
    </message>
    <message>
        <source>Look at this group after all others (Ctrl+Enter)</source>
        <translation>其他组之后再看本组（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Back to the page</source>
        <translation>返回页面</translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) postponed.</source>
        <translation>
            <numerusform>有 %n 组推后。</numerusform>
        </translation>
    </message>
    <message>
        <source>Go back to where you were</source>
        <translation>回到原来的位置</translation>
    </message>
    <message>
        <source>Space: later. Enter: the rest is right. Ctrl+Enter: postpone. Esc: page.</source>
        <translation>空格：稍后再看；Enter：其余均正确；Ctrl+Enter：本组推后；Esc：回到页面。</translation>
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
    <name>WelcomeRows</name>
    <message>
        <source>Unsaved work</source>
        <translation>未保存的工作</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Rescue what is readable</source>
        <translation>抢救可读的内容</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>not there any more</source>
        <translation>已不存在</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
</TS>
