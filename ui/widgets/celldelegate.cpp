// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/celldelegate.h"

#include "cellroles.h"
#include "symbols.h"
#include "tones.h"
#include "widgets/calmheader.h"

#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>

namespace ChatApp {

namespace {

bool isInCurrentRow(const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    return view != nullptr && view->hasFocus() && view->currentIndex().row() == index.row();
}

} // namespace

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {option.fontMetrics.height() * 6, option.fontMetrics.height() * 9 / 4};
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    const Tones tones(option.palette);
    const int unit = option.fontMetrics.height();
    const QRect& cell = option.rect;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(cell, tones.accentSoft);
    painter->fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), tones.separator);
    if (isInCurrentRow(option, index)) {
        painter->fillRect(QRect(cell.left(), cell.top(), cell.width(), 1), tones.accent);
        painter->fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), tones.accent);
    }

    const QColor color = tones.of(static_cast<Tone>(index.data(CellToneRole).toInt()));
    const int padding = CalmHeader::cellPadding(option.fontMetrics);
    QRect text = cell.adjusted(padding, 0, -padding, 0);
    const QString symbol = index.data(CellSymbolRole).toString();
    if (!symbol.isEmpty()) {
        const QRect place(text.left(), text.center().y() - unit / 2 + 1, unit, unit);
        drawSymbol(*painter, QStyle::visualRect(option.direction, cell, place), symbol, color);
        text.setLeft(place.right() + unit / 3);
    }
    QFont font = option.font;
    font.setWeight(index.data(CellBoldRole).toBool() ? QFont::DemiBold : QFont::Normal);
    painter->setFont(font);
    painter->setPen(color);
    const QVariant elide = index.data(CellElideRole);
    const QString shown = QFontMetrics(font).elidedText(
        index.data().toString(),
        elide.isValid() ? static_cast<Qt::TextElideMode>(elide.toInt()) : Qt::ElideRight,
        text.width());
    const QVariant wanted = index.data(Qt::TextAlignmentRole);
    const Qt::Alignment alignment =
        wanted.isValid() ? Qt::Alignment::fromInt(wanted.toInt()) : Qt::AlignLeft;
    painter->drawText(
        QStyle::visualRect(option.direction, cell, text),
        static_cast<int>(QStyle::visualAlignment(option.direction, alignment | Qt::AlignVCenter))
            | Qt::TextSingleLine,
        shown);
    painter->restore();
}

} // namespace ChatApp
