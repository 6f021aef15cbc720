// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspaces/TypingQuestion.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace desk {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("desk::TypingQuestion", text);
}

} // namespace

void askAboutTyping(QWidget *parent, const QString &name, qsizetype workspaces,
                    const std::function<void()> &save, const std::function<void()> &discard)
{
    const QString objectName = QStringLiteral("unsavedWorkspaces");
    if (parent->findChild<QMessageBox *>(objectName))
        return;
    auto *box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(objectName);
    box->setWindowTitle(say("Workspaces"));
    box->setTextFormat(Qt::PlainText);
    box->setText(workspaces == 1 && !name.isEmpty()
                     ? say("What you typed in “%1” is not saved.").arg(name)
                     : say("What you typed in %1 workspaces is not saved.").arg(workspaces));
    QPushButton *keep = box->addButton(say("Save"), QMessageBox::AcceptRole);
    keep->setProperty("primary", true);
    keep->setObjectName(QStringLiteral("saveWorkspaces"));
    QPushButton *drop = box->addButton(say("Discard"), QMessageBox::DestructiveRole);
    drop->setObjectName(QStringLiteral("discardWorkspaces"));
    QPushButton *stay = box->addButton(say("Stay"), QMessageBox::RejectRole);
    box->setDefaultButton(keep);
    box->setEscapeButton(stay);
    QObject::connect(keep, &QPushButton::clicked, box, [save] { save(); });
    QObject::connect(drop, &QPushButton::clicked, box, [discard] { discard(); });
    box->open();
}

} // namespace desk
