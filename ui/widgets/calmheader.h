// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtWidgets/QHeaderView>

namespace ChatApp {

//! A table header in the manner of the lists: no frames, the text where the cells have theirs.
class CalmHeader final : public QHeaderView {
    Q_OBJECT
public:
    explicit CalmHeader(QWidget* parent = nullptr);

    QSize sizeHint() const override;
    //! What a cell leaves free on either side of its text.
    static int cellPadding(const QFontMetrics& metrics) { return metrics.height() * 2 / 3; }

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
};

} // namespace ChatApp
