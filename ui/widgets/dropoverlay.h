// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtWidgets/QWidget>

namespace ChatApp {

//! What covers the window while files are dragged over it, and says what a drop would do.
class DropOverlay final : public QWidget {
    Q_OBJECT
public:
    //! Covers `parent` whenever it is shown, and follows its size.
    explicit DropOverlay(QWidget* parent);

    //! `refused`: a drop would do nothing, and the text says why.
    void showTexts(const QString& title, const QString& sentence, bool refused);
    QString title() const { return m_title; }
    QString sentence() const { return m_sentence; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QString m_title;
    QString m_sentence;
    bool m_refused = false;
};

} // namespace ChatApp
