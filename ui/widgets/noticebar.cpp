// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/noticebar.h"

#include "symbols.h"

#include <QtGui/QAccessible>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStyle>
#include <QtWidgets/QToolButton>

namespace ChatApp {

NoticeBar::NoticeBar(QWidget* parent)
    : QFrame(parent)
    , m_text(new QLabel)
    , m_action(new QPushButton)
    , m_close(new QToolButton)
{
    const int unit = fontMetrics().height();
    auto* layout = new QHBoxLayout(this);
    // The symbol is painted into the leading margin.
    layout->setContentsMargins(unit * 5 / 2, unit / 2, unit / 2, unit / 2);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    layout->addWidget(m_close);

    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setIcon(symbolIcon(QStringLiteral("close")));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(tr("Close this message"));
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_action, &QPushButton::clicked, this, &NoticeBar::actionTriggered);
    hide();
}

QString NoticeBar::text() const
{
    return m_text->text();
}

void NoticeBar::showNotice(Tone tone, const QString& text, const QString& action)
{
    m_tone = tone;
    m_text->setText(text);
    m_text->setAccessibleName(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(text);
    show();
    update();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QString NoticeBar::symbol() const
{
    switch (m_tone) {
    case Tone::Danger:
        return QStringLiteral("state-failed");
    case Tone::Warning:
        return QStringLiteral("state-warning");
    case Tone::Success:
        return QStringLiteral("state-done");
    default:
        return QStringLiteral("state-info");
    }
}

void NoticeBar::paintEvent(QPaintEvent*)
{
    const Tones tones(palette());
    const QColor color = tones.of(m_tone == Tone::Neutral ? Tone::Accent : m_tone);
    QPainter painter(this);
    painter.fillRect(rect(), blended(color, palette().color(QPalette::Base), 0.12));
    painter.fillRect(QRect(0, height() - 1, width(), 1), tones.separator);
    const int unit = fontMetrics().height();
    const int side = unit * 5 / 4;
    const QRect place(unit * 3 / 4, (height() - side) / 2, side, side);
    painter.setRenderHint(QPainter::Antialiasing);
    drawSymbol(painter, QStyle::visualRect(layoutDirection(), rect(), place), symbol(), color);
}

} // namespace ChatApp
