// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/practicestripe.h"

#include "tones.h"

#include <QtGui/QPainter>

namespace ChatApp {

PracticeStripe::PracticeStripe(QWidget* parent)
    : QWidget(parent)
    , m_text(tr("Practice space: everything stays on this computer"))
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(m_text);
}

QSize PracticeStripe::sizeHint() const
{
    return {0, fontMetrics().height() * 7 / 4};
}

void PracticeStripe::paintEvent(QPaintEvent*)
{
    const bool dark = isDark(palette());
    const QColor ground = QColor::fromHsl(42, dark ? 150 : 190, dark ? 62 : 150);
    const QColor hatch = QColor::fromHsl(42, dark ? 140 : 200, dark ? 80 : 172);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), ground);

    const int step = fontMetrics().height() * 3 / 2;
    QPen pen(hatch, step / 2.2);
    pen.setCapStyle(Qt::FlatCap);
    painter.setPen(pen);
    for (int x = -height(); x < width() + height(); x += step)
        painter.drawLine(QPointF(x - 4, height() + 4), QPointF(x + height() + 4, -4));

    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(withContrast(QColor::fromHsl(42, 150, dark ? 210 : 60), hatch, 6));
    painter.drawText(rect(), Qt::AlignCenter, m_text);
}

} // namespace ChatApp
