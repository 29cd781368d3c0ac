// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/summarybar.h"

#include "formats.h"
#include "tones.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>

#include <algorithm>

namespace ChatApp {

namespace {

constexpr int barSteps = 1000;

} // namespace

QString totalsText(const TransferTotals& totals, int running)
{
    const auto words = [](const char* text, int n = -1) {
        return QCoreApplication::translate("SummaryBar", text, nullptr, n);
    };
    QStringList parts;
    if (totals.files > 0) {
        parts.append(running > 0
                         ? words(QT_TRANSLATE_NOOP("SummaryBar", "%1 of %2"))
                               .arg(formatSize(totals.bytesAcknowledged), formatSize(totals.bytes))
                         : formatSize(totals.bytes));
    }
    if (running > 0 && totals.bytesPerSecond > 0)
        parts.append(formatSpeed(totals.bytesPerSecond));
    if (running > 0 && totals.timeLeft)
        parts.append(formatTimeLeft(totals.timeLeft));
    if (totals.filesFailed > 0)
        parts.append(words(QT_TRANSLATE_N_NOOP("SummaryBar", "%n not sent"), totals.filesFailed));
    if (totals.filesStaged > 0)
        parts.append(
            words(QT_TRANSLATE_N_NOOP("SummaryBar", "%n waiting for Start"), totals.filesStaged));
    return parts.join(QStringLiteral(" · "));
}

SummaryBar::SummaryBar(QWidget* parent)
    : QFrame(parent)
    , m_count(new QLabel)
    , m_text(new QLabel)
    , m_bar(new QProgressBar)
    , m_clear(new QPushButton(tr("Clear &finished")))
    , m_cancel(new QPushButton(tr("Cancel &all")))
{
    const int unit = fontMetrics().height();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(unit, unit / 2, unit, unit / 2);
    layout->setSpacing(unit * 2 / 3);
    layout->addWidget(m_count);
    layout->addWidget(m_text);
    layout->addWidget(m_bar, 1);
    layout->addStretch(0);
    layout->addWidget(m_clear);
    layout->addWidget(m_cancel);

    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_count->setFont(bold);
    m_bar->setRange(0, barSteps);
    m_bar->setTextVisible(false);
    m_bar->setMaximumHeight(unit / 2);
    m_bar->setMinimumWidth(unit * 6);
    QSizePolicy policy = m_bar->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_bar->setSizePolicy(policy);
    m_bar->setAccessibleName(tr("Progress of all uploads"));
    m_clear->setToolTip(tr("Takes finished uploads out of this list; they stay in the history"));
    m_cancel->setToolTip(tr("Stops all uploads that are under way"));
    connect(m_cancel, &QPushButton::clicked, this, &SummaryBar::cancelAllRequested);
    connect(m_clear, &QPushButton::clicked, this, &SummaryBar::clearFinishedRequested);
    setCounts(0, 0);
    setTotals({});
}

void SummaryBar::setTotals(const TransferTotals& totals)
{
    m_totals = totals;
    showTexts();
}

void SummaryBar::setCounts(int running, int ended)
{
    m_running = running;
    m_cancel->setVisible(running > 0);
    m_clear->setVisible(ended > 0);
    showTexts();
}

void SummaryBar::showTexts()
{
    const QLocale locale;
    m_count->setVisible(m_totals.files > 0);
    m_count->setText(tr("%1 of %2", "so many of all files are done")
                         .arg(locale.toString(m_totals.filesDone + m_totals.filesFailed),
                              locale.toString(m_totals.files)));
    m_text->setText(totalsText(m_totals, m_running));
    m_bar->setVisible(m_running > 0);
    const double share = m_totals.bytes > 0
        ? static_cast<double>(m_totals.bytesAcknowledged) / static_cast<double>(m_totals.bytes)
        : 0;
    m_bar->setValue(std::clamp(static_cast<int>(share * barSteps), 0, barSteps));
    m_bar->setAccessibleDescription(m_count->text() + QStringLiteral(", ") + m_text->text());
}

void SummaryBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, width(), 1), Tones(palette()).separator);
}

} // namespace ChatApp
