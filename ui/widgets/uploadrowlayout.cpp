// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/uploadrowlayout.h"

#include "errortexts.h"
#include "widgets/uploaddelegate.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QFontMetrics>
#include <QtWidgets/QStyle>
#include <QtWidgets/QStyleOptionViewItem>

#include <algorithm>

namespace ChatApp {

namespace {

// Spaces and widths as shares of the font's height: they grow with it.
constexpr double paddingShare = 0.55;
constexpr double marginShare = 0.85;
constexpr double buttonShare = 1.55;
constexpr double stateColumnShare = 14.0;
constexpr int lineGap = 3;

int scaled(const QFontMetrics& metrics, double share)
{
    return qRound(metrics.height() * share);
}

QString linkLabel(RowAction action)
{
    switch (action) {
    case RowAction::Retry:
        return QCoreApplication::translate("UploadRow", "Retry");
    case RowAction::CopyLink:
        return QCoreApplication::translate("UploadRow", "Copy link");
    case RowAction::OpenLink:
        return QCoreApplication::translate("UploadRow", "Open link");
    case RowAction::CopyDetails:
        return QCoreApplication::translate("UploadRow", "Copy details");
    case RowAction::CopyPolicy:
        return QCoreApplication::translate("UploadRow", "Copy RAM policy");
    default:
        return {};
    }
}

} // namespace

bool hasThirdLine(const UploadRecord& record)
{
    switch (record.state) {
    case UploadState::Staged:
    case UploadState::Cancelled:
        return false;
    case UploadState::Failed:
        return record.error.has_value();
    default:
        return true;
    }
}

QFont UploadRowLayout::nameFont(const QFont& font)
{
    QFont bold(font);
    bold.setWeight(QFont::DemiBold);
    return bold;
}

QFont UploadRowLayout::smallFont(const QFont& font)
{
    constexpr double share = 0.92;
    QFont small(font);
    if (font.pointSizeF() > 0)
        small.setPointSizeF(font.pointSizeF() * share);
    else
        small.setPixelSize(qRound(font.pixelSize() * share));
    return small;
}

int UploadRowLayout::rowHeight(const QFont& font)
{
    const QFontMetrics name(nameFont(font));
    const QFontMetrics small(smallFont(font));
    return 2 * scaled(name, paddingShare) + name.height() + 2 * (small.height() + lineGap);
}

UploadRowLayout::UploadRowLayout(const QStyleOptionViewItem& option, const UploadSnapshot& upload,
                                 const StateWords& words)
{
    const QFontMetrics nameMetrics(nameFont(option.font));
    const QFontMetrics smallMetrics(smallFont(option.font));
    const int margin = scaled(nameMetrics, marginShare);
    const int padding = scaled(nameMetrics, paddingShare);
    const int button = scaled(nameMetrics, buttonShare);
    const QRect row = option.rect.adjusted(margin, 0, -margin / 2, 0);

    more = QRect(row.right() - button + 1, row.center().y() - button / 2, button, button);
    quick = more.translated(-button, 0);
    const int side = option.rect.height() - 2 * padding;
    tile = QRect(row.left(), row.top() + padding, side, side);

    const QRect content(QPoint(tile.right() + margin, row.top()),
                        QPoint(quick.left() - margin / 2, row.bottom()));
    int stateWidth = scaled(nameMetrics, stateColumnShare);
    int linksWidth = -smallMetrics.horizontalAdvance(QStringLiteral(" · "));
    for (const RowAction action : rowLinks(upload.record))
        linksWidth += smallMetrics.horizontalAdvance(linkLabel(action) + QStringLiteral(" · "));
    const int wordsWidth =
        nameMetrics.height() + lineGap + QFontMetrics(option.font).horizontalAdvance(words.text);
    stateWidth = std::max({stateWidth, linksWidth + 2, wordsWidth + 2});
    stateWidth = std::min(stateWidth, content.width() * 3 / 5);

    const bool three = hasThirdLine(upload.record);
    const int lines = nameMetrics.height() + lineGap + smallMetrics.height()
        + (three ? lineGap + smallMetrics.height() : 0);
    const int leftWidth = std::max(0, content.width() - stateWidth - margin);
    int y = row.top() + (option.rect.height() - lines) / 2;
    name = QRect(content.left(), y, leftWidth, nameMetrics.height());
    y += nameMetrics.height() + lineGap;
    second = QRect(content.left(), y, leftWidth, smallMetrics.height());
    y += smallMetrics.height() + lineGap;
    if (three)
        third = QRect(content.left(), y, leftWidth, smallMetrics.height());

    layOutState(
        QRect(content.right() - stateWidth + 1, content.top(), stateWidth, content.height()),
        option, upload, words);
    mirror(option);
}

void UploadRowLayout::layOutState(const QRect& column, const QStyleOptionViewItem& option,
                                  const UploadSnapshot& upload, const StateWords& words)
{
    const QFontMetrics metrics(option.font);
    const QFontMetrics smallMetrics(smallFont(option.font));
    const QList<RowAction> actions = rowLinks(upload.record);
    const bool two = !actions.isEmpty() || !words.detail.isEmpty();
    const int height = metrics.height() + (two ? lineGap + smallMetrics.height() : 0);
    const int top = column.top() + (column.height() - height) / 2;

    const int symbol = metrics.height();
    const int textWidth =
        std::min(metrics.horizontalAdvance(words.text) + 1, column.width() - symbol - lineGap);
    state = QRect(column.right() - textWidth + 1, top, textWidth, metrics.height());
    stateSymbol = QRect(state.left() - lineGap - symbol, top, symbol, symbol);

    const int lower = top + metrics.height() + lineGap;
    if (actions.isEmpty()) {
        if (two)
            detail = QRect(column.left(), lower, column.width(), smallMetrics.height());
        return;
    }
    const int gap = smallMetrics.horizontalAdvance(QStringLiteral(" · "));
    int right = column.right() + 1;
    for (auto it = actions.crbegin(); it != actions.crend(); ++it) {
        const QString label = linkLabel(*it);
        const int width = smallMetrics.horizontalAdvance(label);
        links.prepend({*it, label, QRect(right - width, lower, width, smallMetrics.height())});
        right -= width + gap;
    }
}

void UploadRowLayout::mirror(const QStyleOptionViewItem& option)
{
    if (option.direction != Qt::RightToLeft)
        return;
    for (QRect* rect :
         {&tile, &name, &second, &third, &stateSymbol, &state, &detail, &quick, &more})
        *rect = QStyle::visualRect(option.direction, option.rect, *rect);
    for (RowLink& link : links)
        link.rect = QStyle::visualRect(option.direction, option.rect, link.rect);
}

RowAction UploadRowLayout::actionAt(const QPoint& position) const
{
    if (more.contains(position))
        return RowAction::Menu;
    for (const RowLink& link : links) {
        if (link.rect.adjusted(-2, -3, 2, 3).contains(position))
            return link.action;
    }
    return quick.contains(position) ? RowAction::Remove : RowAction::None;
}

} // namespace ChatApp
