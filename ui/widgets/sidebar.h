// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtWidgets/QListWidget>

namespace ChatApp {

//! The pages of the window, in the order in which they stand.
enum class PageId { Uploads, History, Accounts };

//! Chooses the page. Arrow keys move, and the count of unfinished uploads stands at its entry.
class Sidebar final : public QListWidget {
    Q_OBJECT
public:
    explicit Sidebar(QWidget* parent = nullptr);

    PageId currentPage() const;
    void setCurrentPage(PageId page);
    void setUnfinished(int count);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void pageChosen(ChatApp::PageId page);

private:
    void addEntry(const QString& text, const QString& symbol);

    int m_unfinished = -1;
};

} // namespace ChatApp
