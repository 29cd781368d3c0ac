// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/symbolbutton.h"

#include "symbols.h"

#include <QtCore/QEvent>

namespace ChatApp {

SymbolButton::SymbolButton(const QString& symbol, const QString& text, QWidget* parent)
    : QPushButton(symbolIcon(symbol), text, parent)
{
    fitSymbol();
}

QSize SymbolButton::sizeHint() const
{
    // Some styles leave hardly any room beside an icon.
    return QPushButton::sizeHint() + QSize(fontMetrics().height() / 2, 0);
}

void SymbolButton::changeEvent(QEvent* event)
{
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitSymbol();
}

void SymbolButton::fitSymbol()
{
    const int side = fontMetrics().height();
    setIconSize({side, side});
}

} // namespace ChatApp
