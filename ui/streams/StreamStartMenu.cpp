// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/StreamStartMenu.h"

#include "ui/parts/TabularText.h"

#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QWidgetAction>

namespace desk {

StreamStartMenu::StreamStartMenu(QWidget *parent) : QMenu(parent)
{
    setTitle(tr("Read &from"));
    addChoice(tr("&Now: only what comes"), {StreamStart::Kind::End, 0, 0, {}});
    addChoice(tr("The last &100 of each partition"), {StreamStart::Kind::LastMessages, 100, 0, {}});
    addChoice(tr("The last 10\u00a0000 of each &partition"),
              {StreamStart::Kind::LastMessages, 10'000, 0, {}});
    addChoice(tr("The &beginning"), {StreamStart::Kind::Beginning, 0, 0, {}});
    addSeparator();
    addTime();
}

QString StreamStartMenu::textOf(const StreamStart &start)
{
    switch (start.kind) {
    case StreamStart::Kind::Beginning:
        return tr("beginning");
    case StreamStart::Kind::LastMessages:
        return tr("last %1").arg(groupedNumber(start.count));
    case StreamStart::Kind::Offset:
        return tr("offset %1").arg(start.offset);
    case StreamStart::Kind::Time:
        return start.time.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    case StreamStart::Kind::End:
        break;
    }
    return tr("now");
}

void StreamStartMenu::addChoice(const QString &text, const StreamStart &start)
{
    QAction *action = addAction(text);
    action->setCheckable(true);
    m_choices.append({action, start});
    connect(action, &QAction::triggered, this, [this, start] { Q_EMIT chosen(start); });
}

void StreamStartMenu::setCurrent(const StreamStart &start)
{
    for (const auto &[action, choice] : std::as_const(m_choices))
        action->setChecked(choice.kind == start.kind && choice.count == start.count);
}

void StreamStartMenu::addTime()
{
    auto *line = new QWidget(this);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(10, 4, 10, 4);
    auto *time = new QDateTimeEdit(QDateTime::currentDateTime().addSecs(-3600), line);
    time->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    time->setCalendarPopup(true);
    time->setAccessibleName(tr("Read from this time"));
    auto *go = new QPushButton(tr("From then"), line);
    layout->addWidget(new QLabel(tr("A time:"), line));
    layout->addWidget(time, 1);
    layout->addWidget(go);
    connect(go, &QPushButton::clicked, this, [this, time] {
        close();
        Q_EMIT chosen({StreamStart::Kind::Time, 0, 0, time->dateTime().toUTC()});
    });
    auto *action = new QWidgetAction(this);
    action->setDefaultWidget(line);
    addAction(action);
}

} // namespace desk
