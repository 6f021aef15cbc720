// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/DeletionQuestion.h"

#include "ui/records/SelectedRecords.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace desk {
namespace {

constexpr int NamesShown = 12;

QString say(const char *text)
{
    return QCoreApplication::translate("desk::DeletionQuestion", text);
}

} // namespace

void askForDeletion(QWidget *parent, const EntityType &entity, const QList<RecordRow> &rows,
                    const std::function<void()> &confirmed)
{
    QStringList names;
    for (const RecordRow &row : rows.first(std::min<qsizetype>(rows.size(), NamesShown)))
        names.append(QStringLiteral("%1 (#%2)").arg(nameOf(entity, row).left(80), row.record.id));
    if (rows.size() > NamesShown)
        names.append(say("and %1 more").arg(rows.size() - NamesShown));

    auto *box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("deletionQuestion"));
    box->setIcon(QMessageBox::NoIcon);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(say("Delete"));
    box->setText(say("Delete %1?").arg(namesOf(entity, rows)));
    box->setInformativeText((rows.size() > 1 ? names.join(u'\n') + QStringLiteral("\n\n") : QString())
                            + say("Undo brings back what is deleted."));
    QPushButton *remove = box->addButton(say("Delete"), QMessageBox::AcceptRole);
    remove->setProperty("danger", true);
    remove->setObjectName(QStringLiteral("confirmDeletion"));
    QPushButton *cancel = box->addButton(say("Cancel"), QMessageBox::RejectRole);
    box->setEscapeButton(cancel);
    box->setDefaultButton(remove);
    QObject::connect(remove, &QPushButton::clicked, box, [confirmed] { confirmed(); });
    box->open();
}

} // namespace desk
