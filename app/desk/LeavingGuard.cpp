// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/LeavingGuard.h"

#include "models/tables/ChangeService.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/Page.h"

#include <QMessageBox>
#include <QPushButton>

namespace desk {

LeavingGuard::LeavingGuard(MainWindow &window, const ChangeService &changes)
    : QObject(&window)
    , m_window(window)
    , m_changes(changes)
{
    connect(&changes, &ChangeService::pendingChanged, this, [this](int steps) {
        if (steps > 0 || !std::exchange(m_isWaiting, false))
            return;
        Q_EMIT waiting({});
        leave(m_leave); // what was refused meanwhile is asked about
    });
}

void LeavingGuard::leave(std::function<void()> leave)
{
    m_leave = std::move(leave);
    if (m_isAsking)
        return;
    if (m_changes.pending() > 0) {
        if (m_isWaiting)
            askAboutPending();
        else
            waitForPending();
        return;
    }
    const QStringList work = unsavedWork();
    if (work.isEmpty())
        go();
    else
        askAboutUnsaved(work);
}

void LeavingGuard::go()
{
    m_isWaiting = false;
    const std::function<void()> leave = std::exchange(m_leave, {});
    if (leave)
        leave(); // may end the window, and this
}

QStringList LeavingGuard::unsavedWork() const
{
    QStringList work;
    for (const Page *page : m_window.pages())
        work += page->unsavedWork();
    return work;
}

void LeavingGuard::waitForPending()
{
    m_isWaiting = true;
    Q_EMIT waiting(tr("A change is on its way to the database. This goes on as soon as it is there."));
}

QMessageBox *LeavingGuard::question(const QString &title, const QString &text)
{
    m_isAsking = true;
    auto *box = new QMessageBox(QMessageBox::Warning, title, text, QMessageBox::NoButton, &m_window);
    box->setObjectName(QStringLiteral("leavingQuestion"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    QPushButton *stay = box->addButton(tr("Stay"), QMessageBox::RejectRole);
    box->setEscapeButton(stay);
    connect(box, &QMessageBox::finished, this, [this] { m_isAsking = false; });
    return box;
}

void LeavingGuard::askAboutUnsaved(const QStringList &work)
{
    constexpr int Listed = 8;
    QString text = tr("This is typed and not saved:") + QStringLiteral("\n\n")
        + work.mid(0, Listed).join(u'\n');
    if (work.size() > Listed)
        text += u'\n' + tr("… and %1 more").arg(work.size() - Listed);
    QMessageBox *box = question(tr("Not everything is saved"), text);
    QPushButton *save = box->addButton(tr("Save"), QMessageBox::AcceptRole);
    QPushButton *discard = box->addButton(tr("Discard"), QMessageBox::DestructiveRole);
    box->setDefaultButton(save);
    connect(box, &QMessageBox::buttonClicked, this, [this, box, save, discard](QAbstractButton *button) {
        m_isAsking = false;
        if (button == discard) {
            go();
        } else if (button == save) {
            for (Page *page : m_window.pages())
                page->saveWork();
            if (m_changes.pending() > 0)
                waitForPending();
            else // nothing could be tried; what does not fit says so at its field
                Q_EMIT waiting(
                    tr("Not everything can be saved as it is typed; it is marked where it stands."));
        } else {
            m_leave = {};
        }
    });
    box->open();
}

void LeavingGuard::askAboutPending()
{
    QMessageBox *box = question(tr("The database does not answer"),
                                tr("A change is still on its way. If you leave now, nobody can tell here "
                                   "whether it was saved; look at the record the next time."));
    QPushButton *leave = box->addButton(tr("Leave all the same"), QMessageBox::DestructiveRole);
    box->setDefaultButton(static_cast<QPushButton *>(box->escapeButton()));
    connect(box, &QMessageBox::buttonClicked, this, [this, leave](QAbstractButton *button) {
        m_isAsking = false;
        if (button == leave) {
            go();
            return;
        }
        m_isWaiting = false;
        m_leave = {};
        Q_EMIT waiting({});
    });
    box->open();
}

} // namespace desk
