// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspaces/FieldLabels.h"

#include <QFormLayout>
#include <QLabel>
#include <QWidget>

#include <algorithm>

namespace desk {

void alignFieldLabels(QWidget *parent)
{
    QList<QWidget *> labels;
    int width = 0;
    for (const QFormLayout *form : parent->findChildren<QFormLayout *>()) {
        for (int row = 0; row < form->rowCount(); ++row) {
            const QLayoutItem *item = form->itemAt(row, QFormLayout::LabelRole);
            if (!item || !item->widget())
                continue;
            labels.append(item->widget());
            width = std::max(width, item->widget()->sizeHint().width());
        }
    }
    for (QWidget *label : std::as_const(labels))
        label->setMinimumWidth(width);
}

} // namespace desk
