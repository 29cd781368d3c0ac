// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QLocale>
#include <QtCore/QTranslator>

namespace ChatApp {

//! Installs the program's translations while it lives. English has one too: it holds the plural
//! forms ("1 file", "2 files").
class Translations {
public:
    explicit Translations(const QLocale& locale = QLocale());

private:
    QTranslator m_qt; //!< Qt's own texts: buttons of its dialogs, the file dialog
    QTranslator m_english;
    QTranslator m_program;
};

} // namespace ChatApp
