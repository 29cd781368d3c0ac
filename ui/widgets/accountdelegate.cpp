// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/accountdelegate.h"

#include "models/accountsmodel.h"
#include "symbols.h"
#include "tones.h"

#include <QtGui/QPainter>

namespace ChatApp {

QSize AccountDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {0, option.fontMetrics.height() * 7 / 2};
}

void AccountDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    const Tones tones(option.palette);
    const int unit = option.fontMetrics.height();
    const QRect& cell = option.rect;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(cell, tones.accentSoft);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(cell, tones.hoverSoft);
    painter->fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), tones.separator);
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(tones.accent);
        painter->drawRect(cell.adjusted(0, 0, -1, -2));
    }

    const auto alignment = static_cast<int>(
        QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter));
    const QRect body = cell.adjusted(unit, unit / 2, -unit, -unit / 2);
    const QRect upper(body.left(), body.top(), body.width(), body.height() / 2);
    QRect lower(body.left(), upper.bottom() + 1, body.width(), body.height() / 2);
    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    painter->setFont(bold);
    painter->setPen(tones.text);
    painter->drawText(
        QStyle::visualRect(option.direction, cell, upper), alignment,
        QFontMetrics(bold).elidedText(index.data().toString(), Qt::ElideMiddle, upper.width()));

    const QColor color = tones.of(static_cast<Tone>(index.data(AccountsModel::ToneRole).toInt()));
    const QRect place(lower.left(), lower.center().y() - unit / 2 + 1, unit, unit);
    drawSymbol(*painter, QStyle::visualRect(option.direction, cell, place),
               index.data(AccountsModel::SymbolRole).toString(), color);
    lower.setLeft(place.right() + unit / 3);
    painter->setFont(option.font);
    painter->setPen(tones.muted);
    painter->drawText(QStyle::visualRect(option.direction, cell, lower), alignment,
                      option.fontMetrics.elidedText(index.data(AccountsModel::KeyIdRole).toString(),
                                                    Qt::ElideMiddle, lower.width()));
    painter->restore();
}

} // namespace ChatApp
