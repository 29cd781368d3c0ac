// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/calmheader.h"

#include "tones.h"

#include <QtGui/QPainter>

namespace ChatApp {

CalmHeader::CalmHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent)
{
    setHighlightSections(false);
    setStretchLastSection(true);
    setMinimumSectionSize(fontMetrics().height() * 4);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

QSize CalmHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), fontMetrics().height() * 2};
}

void CalmHeader::paintSection(QPainter* painter, const QRect& rect, int section) const
{
    const Tones tones(palette());
    const int padding = cellPadding(fontMetrics());
    painter->save();
    painter->fillRect(rect, palette().color(QPalette::Base));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), tones.separator);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter->setFont(bold);
    painter->setPen(tones.muted);
    const QVariant wanted = model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole);
    const Qt::Alignment alignment =
        wanted.isValid() ? Qt::Alignment::fromInt(wanted.toInt()) : defaultAlignment();
    painter->drawText(rect.adjusted(padding, 0, -padding, 0),
                      static_cast<int>(QStyle::visualAlignment(layoutDirection(), alignment)),
                      model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString());
    painter->restore();
}

} // namespace ChatApp
