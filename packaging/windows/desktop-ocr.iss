; Inno Setup 6: a per-user installer that needs no administrator.
;     iscc packaging\windows\desktop-ocr.iss      (after: pyinstaller build.spec)
#define Name "Desktop OCR"
#define Version "0.1.0"

[Setup]
AppId={{6E0B5B0C-52E4-4F0B-9C59-0D2E8C0A7F11}
AppName={#Name}
AppVersion={#Version}
AppPublisher=Desktop OCR maintainers
; lowest: installs below the user's own folder and asks for no rights
PrivilegesRequired=lowest
DefaultDirName={autopf}\Desktop OCR
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
LicenseFile=..\..\LICENSE
SourceDir=..\..
OutputDir=dist
OutputBaseFilename=desktop-ocr-{#Version}-setup
SetupIconFile=resources\icons\app\app.ico
UninstallDisplayIcon={app}\desktop-ocr.exe
Compression=lzma2/max
SolidCompression=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; Windows 10 1809 (LTSC 2019)
MinVersion=10.0.17763

[Languages]
; Inno Setup brings English; ChineseSimplified.isl is one of its unofficial translations:
; put it beside this script to have the installer itself in Chinese.
Name: "en"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"

[Files]
Source: "dist\desktop-ocr\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\{#Name}"; Filename: "{app}\desktop-ocr.exe"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\desktop-ocr.exe"; Tasks: desktopicon

[Registry]
; "Open with" for the formats it reads; it takes no format away from another program
Root: HKA; Subkey: "Software\Classes\Applications\desktop-ocr.exe\shell\open\command"; ValueType: string; ValueData: """{app}\desktop-ocr.exe"" ""%1"""; Flags: uninsdeletekey

[Run]
Filename: "{app}\desktop-ocr.exe"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent
