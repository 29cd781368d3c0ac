// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "rowaction.h"
#include "storage/uploadrecord.h"

#include <QtWidgets/QFrame>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace ChatApp {

//! All about the error of one upload, with its remedies as real buttons: what the row says in
//! short, in full. Hidden while there is nothing to tell.
class ErrorPanel final : public QFrame {
    Q_OBJECT
public:
    //! `canRetry`: whether Retry makes sense where the panel stands.
    explicit ErrorPanel(bool canRetry, QWidget* parent = nullptr);

    void showError(const UploadRecord& record);
    void clear();

Q_SIGNALS:
    void actionTriggered(ChatApp::RowAction action, ChatApp::UploadId id);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void buildLayout();

    bool m_canRetry;
    UploadId m_id;
    QLabel* m_title;
    QLabel* m_explanation;
    QLabel* m_reference;
    QPushButton* m_retry;
    QPushButton* m_copyDetails;
    QPushButton* m_copyPolicy;
};

} // namespace ChatApp
