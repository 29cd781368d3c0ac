// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "desktop.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>
#include <QtGui/QClipboard>
#include <QtGui/QDesktopServices>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QFileDialog>

namespace ChatApp {

void SystemDesktop::openUrl(const QUrl& url)
{
    QDesktopServices::openUrl(url);
}

void SystemDesktop::showFile(const QString& path)
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath()));
}

void SystemDesktop::chooseFiles(QWidget* parent,
                                std::function<void(const QStringList& paths)> chosen)
{
    auto* dialog =
        new QFileDialog(parent, QCoreApplication::translate("Desktop", "Add files to upload"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    QObject::connect(dialog, &QFileDialog::filesSelected, dialog, std::move(chosen));
    dialog->open();
}

void SystemDesktop::copyText(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace ChatApp
