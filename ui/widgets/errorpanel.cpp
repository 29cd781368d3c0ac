// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/errorpanel.h"

#include "errortexts.h"
#include "symbols.h"
#include "tones.h"
#include "widgets/mutedlabel.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStyle>
#include <QtWidgets/QVBoxLayout>

namespace ChatApp {

ErrorPanel::ErrorPanel(bool canRetry, QWidget* parent)
    : QFrame(parent)
    , m_canRetry(canRetry)
    , m_title(new QLabel)
    , m_explanation(new QLabel)
    , m_reference(new MutedLabel)
    , m_retry(new QPushButton(tr("&Retry")))
    , m_copyDetails(new QPushButton(tr("Copy &details")))
    , m_copyPolicy(new QPushButton(tr("Copy RAM &policy")))
{
    buildLayout();
    const std::pair<QPushButton*, RowAction> buttons[] = {
        {m_retry, RowAction::Retry},
        {m_copyDetails, RowAction::CopyDetails},
        {m_copyPolicy, RowAction::CopyPolicy},
    };
    for (const auto& [button, action] : buttons) {
        connect(button, &QPushButton::clicked, this,
                [this, action = action] { Q_EMIT actionTriggered(action, m_id); });
    }
    m_copyPolicy->setToolTip(
        tr("The smallest RAM policy that allows uploads, for the RAM console"));
    hide();
}

void ErrorPanel::buildLayout()
{
    const int unit = fontMetrics().height();
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    for (QLabel* label : {m_title, m_explanation, m_reference}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    auto* texts = new QVBoxLayout;
    texts->setSpacing(unit / 5);
    texts->addWidget(m_title);
    texts->addWidget(m_explanation);
    texts->addWidget(m_reference);

    auto* layout = new QHBoxLayout(this);
    // The symbol is painted into the leading margin.
    layout->setContentsMargins(unit * 5 / 2, unit * 2 / 3, unit, unit * 2 / 3);
    layout->setSpacing(unit / 2);
    layout->addLayout(texts, 1);
    for (QPushButton* button : {m_retry, m_copyDetails, m_copyPolicy})
        layout->addWidget(button, 0, Qt::AlignVCenter);
}

void ErrorPanel::showError(const UploadRecord& record)
{
    if (!record.error) {
        clear();
        return;
    }
    m_id = record.id;
    const ErrorWords words = errorWords(*record.error);
    m_title->setText(words.title);
    m_explanation->setText(words.explanation + QLatin1Char(' ') + words.nextStep);
    const QString reference = errorReference(*record.error);
    m_reference->setText(reference);
    m_reference->setVisible(!reference.isEmpty());
    m_retry->setVisible(m_canRetry);
    m_copyPolicy->setVisible(isPermissionProblem(*record.error));
    setAccessibleName(tr("Error of the selected upload"));
    setAccessibleDescription(words.title + QStringLiteral(". ") + m_explanation->text());
    show();
}

void ErrorPanel::clear()
{
    m_id = {};
    hide();
}

void ErrorPanel::paintEvent(QPaintEvent*)
{
    const Tones tones(palette());
    QPainter painter(this);
    painter.fillRect(rect(), blended(tones.danger, palette().color(QPalette::Base), 0.09));
    painter.fillRect(QRect(0, 0, width(), 1), tones.separator);
    const int unit = fontMetrics().height();
    const int side = unit * 5 / 4;
    const QRect place(unit * 3 / 4, unit * 2 / 3, side, side);
    painter.setRenderHint(QPainter::Antialiasing);
    drawSymbol(painter, QStyle::visualRect(layoutDirection(), rect(), place),
               QStringLiteral("state-failed"), tones.danger);
}

} // namespace ChatApp
