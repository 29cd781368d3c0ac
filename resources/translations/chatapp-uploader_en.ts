<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>AccountWords</name>
    <message numerus="yes">
        <source>This computer&apos;s clock is wrong by %n minute(s); that is made up for.</source>
        <translation>
            <numerusform>This computer&apos;s clock is wrong by %n minute; that is made up for.</numerusform>
            <numerusform>This computer&apos;s clock is wrong by %n minutes; that is made up for.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChatApp::MainWindow</name>
    <message numerus="yes">
        <source>%n upload(s) are under way. Stop and quit?</source>
        <translation>
            <numerusform>%n upload is under way. Stop and quit?</numerusform>
            <numerusform>%n uploads are under way. Stop and quit?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n file(s)</source>
        <translation>
            <numerusform>Add %n file</numerusform>
            <numerusform>Add %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Upload %n file(s) to %1</source>
        <translation>
            <numerusform>Upload %n file to %1</numerusform>
            <numerusform>Upload %n files to %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChatApp::Sidebar</name>
    <message numerus="yes">
        <source>Uploads, %n unfinished</source>
        <translation>
            <numerusform>Uploads, %n unfinished</numerusform>
            <numerusform>Uploads, %n unfinished</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChatApp::UploadsPage</name>
    <message numerus="yes">
        <source>%n file(s) will be added as soon as you choose a space.</source>
        <translation>
            <numerusform>%n file will be added as soon as you choose a space.</numerusform>
            <numerusform>%n files will be added as soon as you choose a space.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>%1: names of files</comment>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Start %n upload(s)</source>
        <translation>
            <numerusform>Start %n upload</numerusform>
            <numerusform>Start %n uploads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message numerus="yes">
        <source>%n second(s) left</source>
        <translation>
            <numerusform>%n second left</numerusform>
            <numerusform>%n seconds left</numerusform>
        </translation>
    </message>
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
    <name>StateWords</name>
    <message numerus="yes">
        <source>next try in %n second(s)</source>
        <translation>
            <numerusform>next try in %n second</numerusform>
            <numerusform>next try in %n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SummaryBar</name>
    <message numerus="yes">
        <source>%n not sent</source>
        <translation>
            <numerusform>%n not sent</numerusform>
            <numerusform>%n not sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting for Start</source>
        <translation>
            <numerusform>%n waiting for Start</numerusform>
            <numerusform>%n waiting for Start</numerusform>
        </translation>
    </message>
</context>
</TS>
