// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QStringList>
#include <QtCore/QUrl>

#include <functional>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace ChatApp {

//! What the window asks of the desktop around it, as a seam: tests give one that notes down what it
//! was asked for. GUI thread; outlives the window.
class Desktop {
public:
    virtual ~Desktop() = default;

    virtual void openUrl(const QUrl& url) = 0;
    //! Shows the folder of a file.
    virtual void showFile(const QString& path) = 0;
    //! Asks for files; `chosen` is called later, and not at all if the user gave up.
    virtual void chooseFiles(QWidget* parent,
                             std::function<void(const QStringList& paths)> chosen) = 0;
    virtual void copyText(const QString& text) = 0;
};

//! The real one.
class SystemDesktop final : public Desktop {
public:
    void openUrl(const QUrl& url) override;
    void showFile(const QString& path) override;
    void chooseFiles(QWidget* parent,
                     std::function<void(const QStringList& paths)> chosen) override;
    void copyText(const QString& text) override;
};

} // namespace ChatApp
