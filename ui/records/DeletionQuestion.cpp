// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/DeletionQuestion.h"

#include "ui/parts/TabularText.h"
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
                    const QString &cascade, const std::function<void()> &confirmed)
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
    const QString what = namesOf(entity, rows);
    box->setText(cascade.isEmpty()
                     ? say("Delete %1?").arg(what)
                     : (rows.size() == 1 ? say("Delete %1 and its %2?") : say("Delete %1 and their %2?"))
                           .arg(what, cascade));
    box->setInformativeText((rows.size() > 1 ? names.join(u'\n') + QStringLiteral("\n\n") : QString())
                            + say("Undo brings back what is deleted."));
    QPushButton *remove = box->addButton(rows.size() == 1 ? say("Delete")
                                                          : say("Delete %1").arg(groupedNumber(rows.size())),
                                         QMessageBox::AcceptRole);
    remove->setProperty("danger", true);
    remove->setObjectName(QStringLiteral("confirmDeletion"));
    QPushButton *cancel = box->addButton(say("Cancel"), QMessageBox::RejectRole);
    box->setEscapeButton(cancel);
    box->setDefaultButton(remove);
    QObject::connect(remove, &QPushButton::clicked, box, [confirmed] { confirmed(); });
    box->open();
}

} // namespace desk
