// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/mutedlabel.h"

#include "tones.h"

#include <QtCore/QEvent>
#include <QtWidgets/QApplication>

namespace ChatApp {

MutedLabel::MutedLabel(const QString& text, QWidget* parent) : QLabel(text, parent)
{
    setTextFormat(Qt::PlainText);
    // A parent with a Base background would choose Text instead.
    setForegroundRole(QPalette::WindowText);
    setWordWrap(true);
    applyColor();
}

void MutedLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange)
        applyColor();
}

void MutedLabel::applyColor()
{
    QPalette own = QApplication::palette(this);
    own.setColor(QPalette::WindowText, Tones(own).muted);
    setPalette(own);
}

} // namespace ChatApp
