// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/profilefolders.h"

#include <QtCore/QDir>
#include <QtTest/QTest>

using namespace ChatApp;

class TestProfileFolders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void defaultsAreBelowHome();
    void variablesAreFollowed();
    void relativeOrEmptyVariablesCountAsUnset();
    void homeIsFoundWithoutItsVariable();
};

void TestProfileFolders::defaultsAreBelowHome()
{
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("HOME"), QStringLiteral("/home/example"));
    QCOMPARE(standardProfileFolders(environment),
             (ProfileFolders{QStringLiteral("/home/example/.local/share/chatapp-uploader"),
                             QStringLiteral("/home/example/.config/chatapp-uploader"),
                             QStringLiteral("/home/example/.local/state/chatapp-uploader")}));
}

void TestProfileFolders::variablesAreFollowed()
{
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("HOME"), QStringLiteral("/home/example"));
    environment.insert(QStringLiteral("XDG_DATA_HOME"), QStringLiteral("/srv/data/"));
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), QStringLiteral("/srv/config"));
    environment.insert(QStringLiteral("XDG_STATE_HOME"), QStringLiteral("/srv/state"));
    QCOMPARE(standardProfileFolders(environment),
             (ProfileFolders{QStringLiteral("/srv/data/chatapp-uploader"),
                             QStringLiteral("/srv/config/chatapp-uploader"),
                             QStringLiteral("/srv/state/chatapp-uploader")}));
}

void TestProfileFolders::relativeOrEmptyVariablesCountAsUnset()
{
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("HOME"), QStringLiteral("/home/example"));
    environment.insert(QStringLiteral("XDG_DATA_HOME"), QStringLiteral("data"));
    environment.insert(QStringLiteral("XDG_STATE_HOME"), QString());
    const ProfileFolders folders = standardProfileFolders(environment);
    QCOMPARE(folders.data, QStringLiteral("/home/example/.local/share/chatapp-uploader"));
    QCOMPARE(folders.state, QStringLiteral("/home/example/.local/state/chatapp-uploader"));
}

void TestProfileFolders::homeIsFoundWithoutItsVariable()
{
    const ProfileFolders folders = standardProfileFolders({});
    QVERIFY(QDir::isAbsolutePath(folders.data));
    QVERIFY(folders.data.endsWith(QStringLiteral("/chatapp-uploader")));
}

QTEST_GUILESS_MAIN(TestProfileFolders)
#include "tst_profilefolders.moc"
