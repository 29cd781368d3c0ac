// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "sourcerules.h"

#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QHash>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>

#include <functional>

namespace ChatApp {

namespace {

//! The edges of the architecture page in README.md; what they reach may be included as well.
const QHash<QString, QStringList>& moduleEdges()
{
    static const QHash<QString, QStringList> edges{
        {QStringLiteral("core"), {}},
        {QStringLiteral("net"), {QStringLiteral("core")}},
        {QStringLiteral("cams"), {QStringLiteral("net")}},
        {QStringLiteral("oss"), {QStringLiteral("net")}},
        {QStringLiteral("media"), {QStringLiteral("net")}},
        {QStringLiteral("storage"), {QStringLiteral("net")}},
        {QStringLiteral("settings"), {QStringLiteral("net")}},
        // Accounts and spaces are rows of the same database.
        {QStringLiteral("accounts"), {QStringLiteral("storage"), QStringLiteral("net")}},
        {QStringLiteral("upload"),
         {QStringLiteral("cams"), QStringLiteral("oss"), QStringLiteral("media"),
          QStringLiteral("storage"), QStringLiteral("accounts"), QStringLiteral("settings")}},
        {QStringLiteral("engine"), {QStringLiteral("upload")}},
        {QStringLiteral("platform"), {QStringLiteral("core")}},
        {QStringLiteral("sandbox"), {QStringLiteral("core")}},
        {QStringLiteral("cli"),
         {QStringLiteral("engine"), QStringLiteral("sandbox"), QStringLiteral("platform")}},
        {QStringLiteral("ui"),
         {QStringLiteral("engine"), QStringLiteral("sandbox"), QStringLiteral("platform")}},
    };
    return edges;
}

//! Qt libraries (and QtKeychain) that only some modules may use; those not listed here are QtCore,
//! which all may use, and what nobody uses.
QStringList usersOfLibrary(const QString& library)
{
    static const QHash<QString, QStringList> users{
        {QStringLiteral("QtSql"), {QStringLiteral("storage"), QStringLiteral("accounts")}},
        // oss tells addresses from names with QHostAddress.
        {QStringLiteral("QtNetwork"),
         {QStringLiteral("net"), QStringLiteral("oss"), QStringLiteral("platform"),
          QStringLiteral("sandbox")}},
        {QStringLiteral("QtDBus"), {QStringLiteral("accounts"), QStringLiteral("platform")}},
        {QStringLiteral("qt6keychain"), {QStringLiteral("accounts")}},
        {QStringLiteral("QtGui"), {QStringLiteral("ui"), QStringLiteral("media/worker")}},
        {QStringLiteral("QtWidgets"), {QStringLiteral("ui")}},
        {QStringLiteral("QtSvg"), {QStringLiteral("ui")}},
    };
    return users.value(library);
}

QStringList filesBelow(const QString& root, const QStringList& folders, const QStringList& filters)
{
    QStringList files;
    for (const QString& folder : folders) {
        QDirIterator it(root + QLatin1Char('/') + folder, filters, QDir::Files | QDir::Hidden,
                        QDirIterator::Subdirectories);
        while (it.hasNext())
            files.append(QDir(root).relativeFilePath(it.next()));
    }
    files.sort();
    return files;
}

QStringList linesOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
}

//! "app/upload/uploadjob.h" → "upload"; "ui/pages/historypage.h" → "ui".
QString moduleOf(const QString& file)
{
    if (file.startsWith(QLatin1String("app/media/worker/")))
        return QStringLiteral("media/worker");
    const QStringList parts = file.split(QLatin1Char('/'));
    return parts.first() == QLatin1String("app") ? parts.value(1) : parts.first();
}

bool mayInclude(const QString& module, const QString& other)
{
    if (module == other)
        return true;
    if (module == QLatin1String("media/worker"))
        return other == QLatin1String("media")
            || reachableModules(QStringLiteral("media")).contains(other);
    return reachableModules(module).contains(other);
}

QString complaintAboutSystemInclude(const QString& module, const QString& path)
{
    static const QRegularExpression bareQtClass(QStringLiteral("^(Qt?[A-Z]\\w+)$"));
    if (bareQtClass.match(path).hasMatch())
        return QStringLiteral("<%1> does not name its Qt library").arg(path);
    const QString library = path.section(QLatin1Char('/'), 0, 0);
    const bool guarded =
        library.startsWith(QLatin1String("Qt")) || library.contains(QLatin1String("keychain"));
    if (!guarded || library == QLatin1String("QtCore"))
        return {};
    if (!usersOfLibrary(library).contains(module))
        return QStringLiteral("%1 may not use %2").arg(module, library);
    return {};
}

QString complaintAboutOwnInclude(const QString& root, const QString& file, const QString& path)
{
    static const QRegularExpression generated(
        QStringLiteral("^(moc_.*\\.cpp|.*\\.moc|ui_.*\\.h)$"));
    const QString module = moduleOf(file);
    if (generated.match(path).hasMatch())
        return {};
    if (QFile::exists(root + QLatin1String("/app/") + path)) {
        const QString other = moduleOf(QLatin1String("app/") + path);
        if (mayInclude(module, other))
            return {};
        return QStringLiteral("%1 may not include %2").arg(module, other);
    }
    if (module == QLatin1String("ui") && QFile::exists(root + QLatin1String("/ui/") + path))
        return {};
    return QStringLiteral("\"%1\" is not a path from the source root").arg(path);
}

} // namespace

QStringList reachableModules(const QString& module)
{
    QSet<QString> reached;
    std::function<void(const QString&)> follow = [&](const QString& from) {
        for (const QString& next : moduleEdges().value(from)) {
            if (!reached.contains(next)) {
                reached.insert(next);
                follow(next);
            }
        }
    };
    follow(module);
    return reached.values();
}

QList<Violation> checkIncludes(const QString& root)
{
    static const QRegularExpression include(
        QStringLiteral("^\\s*#\\s*include\\s*(?:\"([^\"]+)\"|<([^>]+)>)"));
    QList<Violation> violations;
    const QStringList files = filesBelow(root, {QStringLiteral("app"), QStringLiteral("ui")},
                                         {QStringLiteral("*.h"), QStringLiteral("*.cpp")});
    for (const QString& file : files) {
        const QString module = moduleOf(file);
        if (module != QLatin1String("media/worker") && !moduleEdges().contains(module))
            violations.append({file, 0, QStringLiteral("%1 is no module").arg(module)});
        const QStringList lines = linesOf(root + QLatin1Char('/') + file);
        for (int i = 0; i < lines.size(); ++i) {
            const QRegularExpressionMatch match = include.match(lines.at(i));
            if (!match.hasMatch())
                continue;
            const QString own = match.captured(1);
            const QString complaint = own.isEmpty()
                ? complaintAboutSystemInclude(module, match.captured(2))
                : complaintAboutOwnInclude(root, file, own);
            if (!complaint.isEmpty())
                violations.append({file, i + 1, complaint});
        }
    }
    return violations;
}

QList<Violation> checkLicenceLines(const QString& root)
{
    QList<Violation> violations;
    QStringList files = filesBelow(
        root,
        {QStringLiteral("app"), QStringLiteral("ui"), QStringLiteral("tests"),
         QStringLiteral("packaging"), QStringLiteral("resources")},
        {QStringLiteral("*.h"), QStringLiteral("*.cpp"), QStringLiteral("CMakeLists.txt"),
         QStringLiteral("*.cmake"), QStringLiteral("*.sql"), QStringLiteral("*.sh"),
         QStringLiteral("*.js"), QStringLiteral("*.py")});
    files.append(filesBelow(root, {QStringLiteral(".ci")}, {QStringLiteral("*")}));
    files.removeIf(
        [](const QString& file) { return file.contains(QLatin1String("node_modules/")); });
    for (const QString& file : files) {
        const QString top =
            linesOf(root + QLatin1Char('/') + file).mid(0, 4).join(QLatin1Char('\n'));
        if (!top.contains(QLatin1String("SPDX-FileCopyrightText: "))
            || !top.contains(QLatin1String("SPDX-License-Identifier: Apache-2.0")))
            violations.append({file, 0, QStringLiteral("has no SPDX lines on top")});
    }
    return violations;
}

QList<Violation> checkLengths(const QString& root, int limit, const QStringList& excused)
{
    QList<Violation> violations;
    const QStringList files =
        filesBelow(root, {QStringLiteral("app"), QStringLiteral("ui"), QStringLiteral("tests")},
                   {QStringLiteral("*.h"), QStringLiteral("*.cpp")});
    for (const QString& file : files) {
        const qsizetype lines = linesOf(root + QLatin1Char('/') + file).size() - 1;
        if (lines > limit && !excused.contains(file))
            violations.append({file, 0, QStringLiteral("has %1 lines").arg(lines)});
        else if (lines <= limit && excused.contains(file))
            violations.append({file, 0, QStringLiteral("needs no excuse any more")});
    }
    return violations;
}

} // namespace ChatApp
