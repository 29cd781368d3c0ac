// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "cli/console.h"
#include "cli/reporter.h"

#include <QtCore/QHash>

namespace ChatApp {

//! Lines for people on standard output, errors in words on standard error. On a terminal a live
//! line with the progress stands below them.
class TextReporter final : public Reporter {
public:
    enum class Style {
        Lines, //!< into a pipe or a file
        Live, //!< on a terminal
        LiveColoured,
    };

    TextReporter(Console& console, Style style);

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
    enum class Tone { Plain, Good, Bad };

    //! "done    picture.png  1.2 MB", with the word in its colour.
    void line(Tone tone, const char* word, const QString& text);
    void clearLiveLine();

    Console& m_console;
    const Style m_style;
    bool m_liveLineShown = false;
    QString m_current; //!< file that last made progress
    QHash<QString, ErrorKind> m_waiting; //!< told already, by file
};

} // namespace ChatApp
