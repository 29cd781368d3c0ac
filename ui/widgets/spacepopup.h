// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/spacesmodel.h"

#include <QtWidgets/QFrame>

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QSortFilterProxyModel;
QT_END_NAMESPACE

namespace ChatApp {

//! The list that the space picker opens: typing filters it, the arrow keys move in it while the
//! cursor stays in the filter, Return takes the marked space.
class SpacePopup final : public QFrame {
    Q_OBJECT
public:
    SpacePopup(SpacesModel& model, QWidget* parent);

    //! Below `anchor`, with an empty filter, the space at `row` marked.
    void popUp(QWidget& anchor, int row);

Q_SIGNALS:
    void chosen(int row);
    void enterIdRequested(const QString& typed);
    void manageRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildLayout();
    void filter(const QString& text);
    void choose(const QModelIndex& proxyIndex);

    SpacesModel& m_model;
    QSortFilterProxyModel* m_proxy;
    QLineEdit* m_filter;
    QListView* m_list;
    QLabel* m_nothing;
    QPushButton* m_enterId;
    QPushButton* m_manage;
};

} // namespace ChatApp
