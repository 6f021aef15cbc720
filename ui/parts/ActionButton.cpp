// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/parts/ActionButton.h"

#include <QAction>
#include <QPushButton>

namespace desk {

QPushButton *actionButton(QAction *action, const QString &name, QWidget *parent)
{
    auto *button = new QPushButton(parent);
    button->setObjectName(name);
    const auto follow = [button, action] {
        QString text = action->text();
        button->setText(text.remove(u'&'));
        button->setToolTip(action->toolTip());
        button->setEnabled(action->isEnabled());
    };
    follow();
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

} // namespace desk
