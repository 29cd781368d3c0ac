// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QProcess>
#include <QtCore/QStringList>

#include <optional>

namespace ChatApp {

//! Path of one of the programs that were built.
QString builtProgram(const QString& name);

//! A chatapp-sandbox of its own; ends with this object.
class SandboxProcess {
public:
    ~SandboxProcess();

    //! `plan` is a fault plan, JSON; empty: none. False if it did not come up.
    bool start(const QStringList& options = {}, const QByteArray& plan = {});

    QString endpoint() const { return text("endpoint"); }
    QString space() const;
    QString accessKeyId() const { return text("accessKeyId"); }
    QString accessKeySecret() const { return text("accessKeySecret"); }
    QString caFile() const { return text("caFile"); }
    QJsonObject introduction() const { return m_told; }
    //! The fault plan with its hits, as the admin interface tells.
    QByteArray planNow() const { return adminGet(QStringLiteral("/plan")); }
    QByteArray objectsNow() const { return adminGet(QStringLiteral("/objects")); }

private:
    QString text(const char* name) const { return m_told.value(QLatin1String(name)).toString(); }
    QByteArray adminGet(const QString& path) const;

    QProcess m_process;
    QJsonObject m_told;
};

//! How one run of chatapp-upload went.
struct CliOutcome {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;

    //! The lines of --json; empty if one of them is no object.
    QList<QJsonObject> objects() const;
    QList<QJsonObject> events(const char* event) const;
};

//! An environment that knows nothing of the machine's user: home in `folder`, no display, no
//! session bus, no proxy. With the credentials of `sandbox`, if one is given.
QProcessEnvironment cliEnvironment(const QString& folder, const SandboxProcess* sandbox = nullptr);

//! chatapp-upload while it runs.
class CliProcess {
public:
    CliProcess(const QString& folder, const QProcessEnvironment& environment);
    ~CliProcess();

    void start(const QStringList& arguments);
    //! Through a shell: `command` has "$CLI" for the program. For names that are no UTF-8.
    void startShell(const QString& command);
    void startProgram(const QString& program, const QStringList& arguments);
    //! Waits until standard output holds this.
    bool waitForOutput(const QByteArray& text);
    qint64 processId() const { return m_process.processId(); }
    //! Waits for the end.
    CliOutcome outcome();

private:
    void takeOutput();

    QProcess m_process;
    QByteArray m_out;
};

CliOutcome runCli(const QString& folder, const QProcessEnvironment& environment,
                  const QStringList& arguments);

//! GET as anybody, trusting `caFile` if it is not empty; nothing unless the answer is 200.
std::optional<QByteArray> fetchAnonymously(const QString& url, const QString& caFile);

//! Writes a file; false if that failed.
bool writeFile(const QString& path, const QByteArray& content);

} // namespace ChatApp
