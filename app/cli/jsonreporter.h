// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cli/console.h"
#include "cli/reporter.h"

#include <QtCore/QJsonObject>

namespace ChatApp {

//! One JSON object a line on standard output. Events and fields are an interface, described in
//! README.md: add at will, never rename. Errors go to standard error in words as well.
class JsonReporter final : public Reporter {
public:
    explicit JsonReporter(Console& console);

    void queued(const QString& file, const UploadRecord& record) override;
    void started(const QString& file) override;
    void progress(const QString& file, const UploadSnapshot& upload) override;
    void finished(const QString& file, const UploadRecord& record) override;
    void failed(const QString& file, const Error& error) override;
    void skipped(const QString& file, const Error& error) override;
    void failedTogether(const QStringList& files, const Error& error) override;
    void overall(const OverallProgress& progress) override;
    void note(const QString& sentence) override;
    void summary(const PutSummary& summary) override;

private:
    void write(const char* event, QJsonObject fields);
    void writeFailed(const QString& file, const Error& error);

    Console& m_console;
};

//! A row of `history --json`.
QJsonObject historyObject(const UploadRecord& record);
//! A row of `list --json`.
QJsonObject listObject(const UploadRecord& record);
//! The fields that every error has.
QJsonObject errorObject(const Error& error);
//! One line of JSON with its end.
QByteArray jsonLine(const QJsonObject& object);

} // namespace ChatApp
