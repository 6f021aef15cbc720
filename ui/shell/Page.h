// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/Notice.h"

#include <QList>
#include <QWidget>

class QAction;

namespace desk {

// The menus of the window to which a page may add while it is shown.
enum class PageMenu { File, Edit, View, Record, Stream };

// One page of the window's centre, reached from the rail. A page owns its actions and adds them to itself
// (QWidget::addAction) as well, so that their shortcuts work wherever the focus is on the page and the
// command palette finds them. Pages never know the window: what they want of it they signal. GUI thread.
class Page : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    [[nodiscard]] virtual QString title() const = 0;
    [[nodiscard]] virtual QString iconName() const = 0; // of resources/icons, without ".svg"
    // In menu order; a null pointer is a separator. Asked whenever the page is shown.
    [[nodiscard]] virtual QList<QAction *> menuActions(PageMenu menu) const
    {
        Q_UNUSED(menu)
        return {};
    }
    // What would be lost if the window went now, a line each: "Fish Steak: the form". Values that are typed
    // and not committed, whether they were refused or never tried.
    [[nodiscard]] virtual QStringList unsavedWork() const { return {}; }
    // Commit what can be committed; how it goes is told as always.
    virtual void saveWork() { }
    // Between what F6 moves the focus on this page, in order. Each takes the focus itself or by its proxy.
    [[nodiscard]] virtual QList<QWidget *> focusParts() { return {this}; }
    // The page has come to the front: take the focus, ask again for what has aged.
    virtual void activated() { }

Q_SIGNALS:
    // Shown at the right of the page's entry in the rail: "194", "~10.0 M", or nothing.
    void badgeChanged(const QString &text);
    void noticeRequested(const desk::Notice &notice);
    // Show this record on its entity's page.
    void recordRequested(const QString &entity, const QString &id);
};

} // namespace desk
