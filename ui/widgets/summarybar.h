// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "upload/uploadsnapshot.h"

#include <QtWidgets/QFrame>

QT_BEGIN_NAMESPACE
class QLabel;
class QProgressBar;
class QPushButton;
QT_END_NAMESPACE

namespace ChatApp {

//! The line below the uploads: how many, how much, how fast, how long, for all of them together.
class SummaryBar final : public QFrame {
    Q_OBJECT
public:
    explicit SummaryBar(QWidget* parent = nullptr);

    void setTotals(const TransferTotals& totals);
    //! What Cancel all and Clear finished would apply to; a button without is hidden.
    void setCounts(int running, int ended);

Q_SIGNALS:
    void cancelAllRequested();
    void clearFinishedRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showTexts();

    TransferTotals m_totals;
    int m_running = 0;
    QLabel* m_count;
    QLabel* m_text;
    QProgressBar* m_bar;
    QPushButton* m_clear;
    QPushButton* m_cancel;
};

//! "84 MB of 420 MB · 4.2 MB/s · about 1 minute left"; `running`: uploads under way.
QString totalsText(const TransferTotals& totals, int running);

} // namespace ChatApp
