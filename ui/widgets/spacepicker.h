// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/spacesmodel.h"

#include <QtWidgets/QPushButton>

namespace ChatApp {

class SpacePopup;

//! The button that names where files go, and opens the list to change it.
class SpacePicker final : public QPushButton {
    Q_OBJECT
public:
    explicit SpacePicker(SpacesModel& model, QWidget* parent = nullptr);

    //! Nothing while there is no space to choose.
    std::optional<SpaceChoice> choice() const { return m_choice; }
    //! Chooses the space if the model has it; `account` may be empty.
    bool choose(const AccountId& account, const SpaceId& space);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void choiceChanged();
    //! `typed`: what the filter held when it fitted nothing.
    void enterIdRequested(const QString& typed);
    void manageRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    void take(const std::optional<SpaceChoice>& choice);
    void openPopup();

    SpacesModel& m_model;
    SpacePopup* m_popup;
    std::optional<SpaceChoice> m_choice;
};

} // namespace ChatApp
