// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtWidgets/QWidget>

namespace ChatApp {

//! The hatched line below the title bar that marks the practice space.
class PracticeStripe final : public QWidget {
    Q_OBJECT
public:
    explicit PracticeStripe(QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
};

} // namespace ChatApp
