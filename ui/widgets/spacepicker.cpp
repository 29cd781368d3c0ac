// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/spacepicker.h"

#include "formats.h"
#include "symbols.h"
#include "tones.h"
#include "widgets/spacepopup.h"

#include <QtGui/QPainter>
#include <QtWidgets/QStyleOptionButton>
#include <QtWidgets/QStylePainter>

#include <algorithm>

namespace ChatApp {

SpacePicker::SpacePicker(SpacesModel& model, QWidget* parent)
    : QPushButton(parent)
    , m_model(model)
    , m_popup(new SpacePopup(model, this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&model, &QAbstractItemModel::modelReset, this, &SpacePicker::refresh);
    connect(this, &QPushButton::clicked, this, &SpacePicker::openPopup);
    connect(m_popup, &SpacePopup::chosen, this, [this](int row) { take(m_model.at(row)); });
    connect(m_popup, &SpacePopup::enterIdRequested, this, &SpacePicker::enterIdRequested);
    connect(m_popup, &SpacePopup::manageRequested, this, &SpacePicker::manageRequested);
    refresh();
}

bool SpacePicker::choose(const AccountId& account, const SpaceId& space)
{
    const int row = m_model.rowOf(account, space);
    if (row < 0)
        return false;
    take(m_model.at(row));
    return true;
}

void SpacePicker::openPopup()
{
    m_popup->popUp(*this, m_choice ? m_model.rowOf(m_choice->account.id, m_choice->space.id) : -1);
}

void SpacePicker::refresh()
{
    // The chosen space stays chosen as long as it exists; the most recent one steps in for it.
    const int row = m_choice ? m_model.rowOf(m_choice->account.id, m_choice->space.id) : -1;
    if (row >= 0)
        take(m_model.at(row));
    else if (m_model.rowCount() > 0)
        take(m_model.at(0));
    else
        take({});
}

void SpacePicker::take(const std::optional<SpaceChoice>& choice)
{
    const bool changed = choice != m_choice;
    m_choice = choice;
    if (m_choice) {
        setAccessibleName(
            tr("Space: %1, account %2")
                .arg(spaceTitle(m_choice->space.id, m_choice->space.name), m_choice->account.name));
        setToolTip(tr("Files go to the space %1 of the account %2")
                       .arg(m_choice->space.id.value, m_choice->account.name));
    } else {
        setAccessibleName(tr("Space: none chosen"));
        setToolTip({});
    }
    update();
    if (changed)
        Q_EMIT choiceChanged();
}

QSize SpacePicker::sizeHint() const
{
    const int unit = fontMetrics().height();
    return {unit * 24, std::max(QPushButton::sizeHint().height(), unit * 2)};
}

QSize SpacePicker::minimumSizeHint() const
{
    return {fontMetrics().height() * 12, sizeHint().height()};
}

void SpacePicker::paintEvent(QPaintEvent*)
{
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text.clear();
    QStylePainter painter(this);
    painter.drawControl(QStyle::CE_PushButton, option);
    painter.setRenderHint(QPainter::Antialiasing);

    const int unit = fontMetrics().height();
    const QColor ink = palette().color(QPalette::ButtonText);
    const QColor faint = withContrast(blended(ink, palette().color(QPalette::Button), 0.62),
                                      palette().color(QPalette::Button), 4.5);
    const auto mirrored = [&](const QRect& r) {
        return QStyle::visualRect(layoutDirection(), rect(), r);
    };
    const QRect symbol(unit * 2 / 3, (height() - unit) / 2, unit, unit);
    drawSymbol(painter, mirrored(symbol), QStringLiteral("space"), ink);
    const QRect arrow(width() - unit * 5 / 3, (height() - unit) / 2, unit, unit);
    drawSymbol(painter, mirrored(arrow), QStringLiteral("chevron"), faint);

    QRect rest(symbol.right() + unit / 2, 0, arrow.left() - symbol.right() - unit, height());
    const auto part = [&](const QString& text, const QColor& color, bool bold) {
        QFont font = painter.font();
        font.setWeight(bold ? QFont::DemiBold : QFont::Normal);
        painter.setFont(font);
        painter.setPen(color);
        const QFontMetrics metrics(font);
        const int width = std::min(metrics.horizontalAdvance(text) + 1, rest.width());
        const QRect place(rest.left(), rest.top(), width, rest.height());
        painter.drawText(mirrored(place),
                         static_cast<int>(QStyle::visualAlignment(
                             layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)),
                         metrics.elidedText(text, Qt::ElideMiddle, width));
        rest.setLeft(rest.left() + width);
    };
    if (!m_choice) {
        part(tr("Choose a space"), ink, false);
        return;
    }
    part(m_choice->account.name, ink, false);
    part(QStringLiteral("  ·  "), faint, false);
    part(spaceTitle(m_choice->space.id, m_choice->space.name), ink, true);
    if (!m_choice->space.name.isEmpty())
        part(QStringLiteral("   ") + m_choice->space.id.value, faint, false);
}

} // namespace ChatApp
