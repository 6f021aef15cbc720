// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/FocusParts.h"

#include <QApplication>
#include <QWidget>

namespace desk {
namespace {

bool takesFocus(const QWidget *widget)
{
    return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) != 0;
}

// The widget in this part that the keyboard goes to: itself, its proxy, or the first one inside.
QWidget *targetIn(QWidget *part)
{
    if (!part->isVisible())
        return nullptr;
    QWidget *target = part;
    while (target->focusProxy())
        target = target->focusProxy();
    if (takesFocus(target))
        return target;
    for (QWidget *inner = part->nextInFocusChain(); inner && inner != part;
         inner = inner->nextInFocusChain()) {
        if (part->isAncestorOf(inner) && takesFocus(inner))
            return inner;
    }
    return nullptr;
}

} // namespace

void moveFocus(const QList<QWidget *> &parts, FocusStep step)
{
    QList<QWidget *> targets;
    qsizetype current = -1;
    const QWidget *focus = QApplication::focusWidget();
    for (QWidget *part : parts) {
        QWidget *target = targetIn(part);
        if (!target)
            continue;
        if (focus && (part == focus || part->isAncestorOf(focus)))
            current = targets.size();
        targets.append(target);
    }
    if (targets.isEmpty())
        return;
    const qsizetype count = targets.size();
    const qsizetype next = current < 0 ? (step == FocusStep::Next ? 0 : count - 1)
                                       : (current + (step == FocusStep::Next ? 1 : count - 1)) % count;
    targets[next]->setFocus(Qt::ShortcutFocusReason);
}

} // namespace desk
