// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "translations.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLibraryInfo>

namespace ChatApp {

Translations::Translations(const QLocale& locale)
{
    const QString folder = QStringLiteral(":/translations");
    const QString name = QStringLiteral("chatapp-uploader");
    // Looked through in the opposite order: what the user's language lacks falls back to English.
    if (m_english.load(QLocale(QLocale::English), name, QStringLiteral("_"), folder))
        QCoreApplication::installTranslator(&m_english);
    if (locale.language() == QLocale::English)
        return;
    if (m_qt.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                  QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    if (m_program.load(locale, name, QStringLiteral("_"), folder))
        QCoreApplication::installTranslator(&m_program);
}

} // namespace ChatApp
