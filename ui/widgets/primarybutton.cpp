// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/primarybutton.h"

#include "tones.h"

#include <QtCore/QEvent>
#include <QtWidgets/QApplication>

namespace ChatApp {

PrimaryButton::PrimaryButton(const QString& text, QWidget* parent) : QPushButton(text, parent)
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    setFont(bold);
    applyColors();
}

void PrimaryButton::changeEvent(QEvent* event)
{
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::StyleChange)
        applyColors();
}

void PrimaryButton::applyColors()
{
    const QPalette system = QApplication::palette(this);
    QPalette own = system;
    const QColor ink = system.color(QPalette::HighlightedText);
    // Styles lighten a button's colour in their gradients: some contrast is kept in reserve.
    constexpr double contrast = 6.5;
    const QColor ground =
        withContrast(system.color(QPalette::Active, QPalette::Highlight), ink, contrast);
    for (const QPalette::ColorGroup group : {QPalette::Active, QPalette::Inactive}) {
        own.setColor(group, QPalette::Button, ground);
        own.setColor(group, QPalette::ButtonText, ink);
    }
    setPalette(own);
}

} // namespace ChatApp
