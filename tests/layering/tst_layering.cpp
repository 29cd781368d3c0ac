// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sourcerules.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace ChatApp;

namespace {

const QString sourceDir = QStringLiteral(CHATAPP_SOURCE_DIR);
constexpr int lineLimit = 600;
//! Files that may be longer, each with a reason that a reader would accept.
const QStringList longFiles{
    // One server that misbehaves in every way, one test for each.
    QStringLiteral("tests/unit/net/tst_qnamtransport.cpp"),
};

QString listed(const QList<Violation>& violations)
{
    QStringList lines;
    for (const Violation& violation : violations)
        lines.append(QStringLiteral("%1:%2: %3")
                         .arg(violation.file)
                         .arg(violation.line)
                         .arg(violation.what));
    return lines.join(QLatin1Char('\n'));
}

void plant(const QDir& root, const QString& file, const QByteArray& text)
{
    QVERIFY(root.mkpath(QFileInfo(file).path()));
    QFile planted(root.filePath(file));
    QVERIFY(planted.open(QIODevice::WriteOnly));
    QCOMPARE(planted.write(text), text.size());
}

} // namespace

class TestLayering : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void treeKeepsItsEdges();
    void treeCarriesItsLicence();
    void treeHasNoOverlongFile();
    void edgesReachThroughOthers();
    void plantedIncludeIsJudged_data();
    void plantedIncludeIsJudged();
    void plantedFileWithoutLicenceIsNoticed();
    void plantedLongFileIsNoticed();
};

void TestLayering::treeKeepsItsEdges()
{
    QVERIFY(QFile::exists(sourceDir + QLatin1String("/app/core/error.h")));
    const QList<Violation> violations = checkIncludes(sourceDir);
    QVERIFY2(violations.isEmpty(), qPrintable(listed(violations)));
}

void TestLayering::treeCarriesItsLicence()
{
    const QList<Violation> violations = checkLicenceLines(sourceDir);
    QVERIFY2(violations.isEmpty(), qPrintable(listed(violations)));
}

void TestLayering::treeHasNoOverlongFile()
{
    const QList<Violation> violations = checkLengths(sourceDir, lineLimit, longFiles);
    QVERIFY2(violations.isEmpty(), qPrintable(listed(violations)));
}

void TestLayering::edgesReachThroughOthers()
{
    QVERIFY(reachableModules(QStringLiteral("cli")).contains(QStringLiteral("core")));
    QVERIFY(reachableModules(QStringLiteral("ui")).contains(QStringLiteral("storage")));
    QCOMPARE(reachableModules(QStringLiteral("sandbox")), QStringList{QStringLiteral("core")});
    QCOMPARE(reachableModules(QStringLiteral("core")), QStringList{});
}

void TestLayering::plantedIncludeIsJudged_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("include");
    QTest::addColumn<QString>("complaint");

    const auto row = [](const char* name, const char* file, const char* include,
                        const char* complaint) {
        QTest::newRow(name) << QString::fromLatin1(file) << QByteArray(include)
                            << QString::fromLatin1(complaint);
    };
    row("sandbox may use core", "app/sandbox/x.cpp", "#include \"core/error.h\"", "");
    row("sandbox and the client's signer", "app/sandbox/x.cpp", "#include \"oss/signer.h\"",
        "sandbox may not include oss");
    row("core sees nothing", "app/core/x.cpp", "#include \"net/url.h\"",
        "core may not include net");
    row("upwards", "app/storage/x.h", "#include \"upload/job.h\"",
        "storage may not include upload");
    row("platform and engine", "app/platform/x.h", "#include \"engine/engine.h\"",
        "platform may not include engine");
    row("cli may use what engine reaches", "app/cli/x.cpp", "#include \"upload/job.h\"", "");
    row("app and ui", "app/engine/x.cpp", "#include \"pages/page.h\"",
        "\"pages/page.h\" is not a path from the source root");
    row("ui and its own", "ui/x.cpp", "#include \"pages/page.h\"", "");
    row("neighbour by its bare name", "app/core/x.cpp", "#include \"error.h\"",
        "\"error.h\" is not a path from the source root");
    row("ui and QtSql", "ui/x.cpp", "#include <QtSql/QSqlQuery>", "ui may not use QtSql");
    row("ui and QtNetwork", "ui/x.cpp", "#include <QtNetwork/QNetworkReply>",
        "ui may not use QtNetwork");
    row("ui and QtKeychain", "ui/x.cpp", "#include <qt6keychain/keychain.h>",
        "ui may not use qt6keychain");
    row("ui and widgets", "ui/x.cpp", "#include <QtWidgets/QWidget>", "");
    row("app and widgets", "app/upload/x.cpp", "#include <QtWidgets/QWidget>",
        "upload may not use QtWidgets");
    row("app and pictures", "app/media/x.cpp", "  #  include <QtGui/QImage>",
        "media may not use QtGui");
    row("worker and pictures", "app/media/worker/x.cpp", "#include <QtGui/QImage>", "");
    row("Qt class without its library", "app/core/x.cpp", "#include <QWidget>",
        "<QWidget> does not name its Qt library");
    row("standard library", "app/core/x.cpp", "#include <vector>", "");
    row("unknown module", "app/misc/x.cpp", "#include <vector>", "misc is no module");
}

void TestLayering::plantedIncludeIsJudged()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, include);
    QFETCH(QString, complaint);

    QTemporaryDir folder;
    const QDir root(folder.path());
    for (const char* header : {"app/core/error.h", "app/net/url.h", "app/oss/signer.h",
                               "app/upload/job.h", "app/engine/engine.h", "ui/pages/page.h"})
        plant(root, QString::fromLatin1(header), "#pragma once\n");
    plant(root, file, "// one\n" + include + '\n');

    QStringList complaints;
    for (const Violation& violation : checkIncludes(folder.path())) {
        QCOMPARE(violation.file, file);
        complaints.append(violation.what);
    }
    QCOMPARE(complaints, complaint.isEmpty() ? QStringList{} : QStringList{complaint});
}

void TestLayering::plantedFileWithoutLicenceIsNoticed()
{
    QTemporaryDir folder;
    const QDir root(folder.path());
    plant(root, QStringLiteral("app/core/bare.cpp"), "int one;\n");
    plant(root, QStringLiteral("app/core/good.cpp"),
          "// SPDX-FileCopyrightText: 2026 X\n// SPDX-License-Identifier: Apache-2.0\n");
    plant(root, QStringLiteral(".ci/run"), "#!/bin/sh\n");
    const QList<Violation> violations = checkLicenceLines(folder.path());
    QCOMPARE(violations.size(), 2);
    QCOMPARE(violations.at(0).file, QStringLiteral("app/core/bare.cpp"));
    QCOMPARE(violations.at(1).file, QStringLiteral(".ci/run"));
}

void TestLayering::plantedLongFileIsNoticed()
{
    QTemporaryDir folder;
    const QDir root(folder.path());
    const QString file = QStringLiteral("ui/long.cpp");
    plant(root, file, QByteArray("// line\n").repeated(11));
    QCOMPARE(checkLengths(folder.path(), 11, {}), QList<Violation>{});
    QCOMPARE(checkLengths(folder.path(), 10, {}),
             (QList<Violation>{{file, 0, QStringLiteral("has 11 lines")}}));
    QCOMPARE(checkLengths(folder.path(), 10, {file}), QList<Violation>{});
    QCOMPARE(checkLengths(folder.path(), 11, {file}),
             (QList<Violation>{{file, 0, QStringLiteral("needs no excuse any more")}}));
}

QTEST_GUILESS_MAIN(TestLayering)
#include "tst_layering.moc"
