<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>ExportDialog</name>
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
        <source>All pages (%n)</source>
        <translation>
            <numerusform>All pages (%n)</numerusform>
            <numerusform>All pages (%n)</numerusform>
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
</context>
</TS>
