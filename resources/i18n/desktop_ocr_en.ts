<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>All pages (%n)</source>
        <translation>
            <numerusform>All pages (%n)</numerusform>
            <numerusform>All pages (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FailedFiles</name>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FieldsPanel</name>
    <message numerus="yes">
        <source>%n field(s)</source>
        <translation>
            <numerusform>%n field</numerusform>
            <numerusform>%n fields</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n laboratory row(s)</source>
        <translation>
            <numerusform>%n laboratory row</numerusform>
            <numerusform>%n laboratory rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missing</source>
        <translation>
            <numerusform>%n missing</numerusform>
            <numerusform>%n missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n doubtful</source>
        <translation>
            <numerusform>%n doubtful</numerusform>
            <numerusform>%n doubtful</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GroupModel</name>
    <message numerus="yes">
        <source>%n doubtful</source>
        <translation>
            <numerusform>%n doubtful</numerusform>
            <numerusform>%n doubtful</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%n line(s) stayed as they are, because you checked or changed them.</source>
        <translation>
            <numerusform>%n line stayed as it is, because you checked or changed it.</numerusform>
            <numerusform>%n lines stayed as they are, because you checked or changed them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Offers</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{reviewed} of %n line(s) reviewed</source>
        <translation>
            <numerusform>{reviewed} of %n line reviewed</numerusform>
            <numerusform>{reviewed} of %n lines reviewed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OpenWork</name>
    <message numerus="yes">
        <source>%n line(s) not reviewed yet.</source>
        <translation>
            <numerusform>%n line not reviewed yet.</numerusform>
            <numerusform>%n lines not reviewed yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) with doubtful places.</source>
        <translation>
            <numerusform>%n line with doubtful places.</numerusform>
            <numerusform>%n lines with doubtful places.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n critical place(s) not reviewed: {kinds}.</source>
        <translation>
            <numerusform>%n critical place not reviewed: {kinds}.</numerusform>
            <numerusform>%n critical places not reviewed: {kinds}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message numerus="yes">
        <source>%n file(s) beside the projects were not opened.</source>
        <translation>
            <numerusform>%n file beside the projects was not opened.</numerusform>
            <numerusform>%n files beside the projects were not opened.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finished</source>
        <translation>
            <numerusform>%n finished</numerusform>
            <numerusform>%n finished</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadingProgress</name>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>about %n minute left</numerusform>
            <numerusform>about %n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s) left</source>
        <translation>
            <numerusform>about %n hour left</numerusform>
            <numerusform>about %n hours left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Replace in %n line(s)</source>
        <translation>
            <numerusform>&amp;Replace in %n line</numerusform>
            <numerusform>&amp;Replace in %n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignOffCommands</name>
    <message numerus="yes">
        <source>Not signed off: %n line(s) are not reviewed yet.</source>
        <translation>
            <numerusform>Not signed off: %n line is not reviewed yet.</numerusform>
            <numerusform>Not signed off: %n lines are not reviewed yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They hold %n critical place(s).</source>
        <translation>
            <numerusform>There is %n critical place in what is left.</numerusform>
            <numerusform>There are %n critical places in what is left.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) signed off.</source>
        <translation>
            <numerusform>%n page signed off.</numerusform>
            <numerusform>%n pages signed off.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) were changed: they are no longer signed off.</source>
        <translation>
            <numerusform>%n page was changed: it is no longer signed off.</numerusform>
            <numerusform>%n pages were changed: they are no longer signed off.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusPanel</name>
    <message numerus="yes">
        <source>{reviewed} of %n line(s) reviewed</source>
        <translation>
            <numerusform>{reviewed} of %n line reviewed</numerusform>
            <numerusform>{reviewed} of %n lines reviewed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n doubtful left</source>
        <translation>
            <numerusform>%n doubtful left</numerusform>
            <numerusform>%n doubtful left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{signed} of %n page(s) signed off</source>
        <translation>
            <numerusform>{signed} of %n page signed off</numerusform>
            <numerusform>{signed} of %n pages signed off</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{number} of %n doubtful left</source>
        <translation>
            <numerusform>{number} of %n doubtful left</numerusform>
            <numerusform>{number} of %n doubtful left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n doubtful left on all pages</source>
        <translation>
            <numerusform>%n doubtful left on all pages</numerusform>
            <numerusform>%n doubtful left on all pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{number} of %n doubtful left on all pages</source>
        <translation>
            <numerusform>{number} of %n doubtful left on all pages</numerusform>
            <numerusform>{number} of %n doubtful left on all pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TextCommands</name>
    <message numerus="yes">
        <source>Replaced in %n line(s).</source>
        <translation>
            <numerusform>Replaced in %n line.</numerusform>
            <numerusform>Replaced in %n lines.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VerifyView</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n doubtful</source>
        <translation>
            <numerusform>%n doubtful</numerusform>
            <numerusform>%n doubtful</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n shown</source>
        <translation>
            <numerusform>%n shown</numerusform>
            <numerusform>%n shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) postponed.</source>
        <translation>
            <numerusform>%n group postponed.</numerusform>
            <numerusform>%n groups postponed.</numerusform>
        </translation>
    </message>
</context>
</TS>
