// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtWidgets/QPushButton>

namespace ChatApp {

//! A push button with one of the program's symbols, as large as its text.
class SymbolButton final : public QPushButton {
    Q_OBJECT
public:
    SymbolButton(const QString& symbol, const QString& text, QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void fitSymbol();
};

} // namespace ChatApp
