// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/statusline.h"

#include "symbols.h"

#include <QtCore/QEvent>
#include <QtGui/QAccessible>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QStyle>

namespace ChatApp {

StatusLine::StatusLine(QWidget* parent) : QWidget(parent), m_text(new QLabel)
{
    auto* layout = new QHBoxLayout(this);
    // The symbol is painted into the leading margin.
    layout->setContentsMargins(fontMetrics().height() * 3 / 2, 0, 0, 0);
    layout->addWidget(m_text);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setForegroundRole(QPalette::WindowText); // also on a Base background
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    hide();
}

void StatusLine::showStatus(const QString& symbol, const QString& text, Tone tone)
{
    m_symbol = symbol;
    m_tone = tone;
    m_text->setText(text);
    setAccessibleName(text);
    applyColor();
    show();
    update();
    QAccessibleEvent changed(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&changed);
}

void StatusLine::clear()
{
    m_text->clear();
    hide();
}

QString StatusLine::text() const
{
    return m_text->text();
}

void StatusLine::applyColor()
{
    QPalette own = QApplication::palette(m_text);
    own.setColor(QPalette::WindowText, Tones(own).of(m_tone));
    m_text->setPalette(own);
}

void StatusLine::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange)
        applyColor();
}

void StatusLine::paintEvent(QPaintEvent*)
{
    const int unit = fontMetrics().height();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect place(0, m_text->y() + (QFontMetrics(m_text->font()).height() - unit) / 2, unit,
                      unit);
    drawSymbol(painter, QStyle::visualRect(layoutDirection(), rect(), place), m_symbol,
               Tones(palette()).of(m_tone));
}

} // namespace ChatApp
