// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/dropoverlay.h"

#include "symbols.h"
#include "tones.h"

#include <QtCore/QEvent>
#include <QtGui/QPainter>

namespace ChatApp {

DropOverlay::DropOverlay(QWidget* parent) : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    parent->installEventFilter(this);
    hide();
}

void DropOverlay::showTexts(const QString& title, const QString& sentence, bool refused)
{
    m_title = title;
    m_sentence = sentence;
    m_refused = refused;
    setAccessibleName(title);
    setAccessibleDescription(sentence);
    setGeometry(parentWidget()->rect());
    raise();
    show();
    update();
}

bool DropOverlay::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

void DropOverlay::paintEvent(QPaintEvent*)
{
    const Tones tones(palette());
    const QColor color = m_refused ? tones.danger : tones.accent;
    const int unit = fontMetrics().height();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);

    QColor veil = blended(color, palette().color(QPalette::Base), 0.12);
    veil.setAlphaF(0.96F);
    const QRectF frame = QRectF(rect()).adjusted(unit / 2.0, unit / 2.0, -unit / 2.0, -unit / 2.0);
    QPen pen(color, 2, Qt::CustomDashLine, Qt::RoundCap);
    pen.setDashPattern({4, 4});
    painter.setPen(pen);
    painter.setBrush(veil);
    painter.drawRoundedRect(frame, unit / 2.0, unit / 2.0);

    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    large.setWeight(QFont::DemiBold);
    const int lineHeight = QFontMetrics(large).height();
    const int side = unit * 3;
    const QRect inner = frame.toRect().adjusted(unit, 0, -unit, 0);
    int y = inner.center().y() - (side + unit + lineHeight + unit * 2) / 2;
    drawSymbol(painter, QRectF(inner.center().x() - side / 2.0, y, side, side),
               m_refused ? QStringLiteral("state-cancelled") : QStringLiteral("nav-uploads"),
               color);
    y += side + unit * 2 / 3;
    painter.setFont(large);
    painter.setPen(tones.text);
    painter.drawText(QRect(inner.left(), y, inner.width(), lineHeight), Qt::AlignCenter,
                     QFontMetrics(large).elidedText(m_title, Qt::ElideMiddle, inner.width()));
    y += lineHeight + unit / 3;
    painter.setFont(font());
    painter.setPen(tones.muted);
    painter.drawText(QRect(inner.left(), y, inner.width(), unit * 4),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_sentence);
}

} // namespace ChatApp
