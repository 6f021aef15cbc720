// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/StreamStartMenu.h"

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
    addPast(tr("The last ten &minutes"), 600);
    addPast(tr("The last &hour"), 3600);
    addPast(tr("The last da&y"), 24 * 3600);
    addSeparator();
    m_stopAtEnd = addAction(tr("&Stop at the end"));
    m_stopAtEnd->setCheckable(true);
    connect(m_stopAtEnd, &QAction::triggered, this, [this](bool stops) {
        StreamEnd end;
        end.kind = stops ? StreamEnd::Kind::AtEnd : StreamEnd::Kind::Never;
        Q_EMIT endChosen(end);
    });
    addSeparator();
}

void StreamStartMenu::addOwnerActions(const QList<QAction *> &actions)
{
    addActions(actions);
}

void StreamStartMenu::addChoice(const QString &text, const StreamStart &start)
{
    QAction *action = addAction(text);
    action->setCheckable(true);
    m_choices.append({action, start});
    connect(action, &QAction::triggered, this, [this, start] { Q_EMIT startChosen(start); });
}

void StreamStartMenu::addPast(const QString &text, int seconds)
{
    connect(addAction(text), &QAction::triggered, this, [this, seconds] {
        StreamStart start;
        start.kind = StreamStart::Kind::Time;
        start.time = QDateTime::currentDateTimeUtc().addSecs(-seconds);
        Q_EMIT startChosen(start);
    });
}

void StreamStartMenu::setCurrent(const StreamChoice &choice)
{
    for (const auto &[action, start] : std::as_const(m_choices))
        action->setChecked(start == choice.start);
    m_stopAtEnd->setChecked(choice.end.kind == StreamEnd::Kind::AtEnd);
    // Reading that begins now is at the end already.
    m_stopAtEnd->setEnabled(choice.start.kind != StreamStart::Kind::End);
}

} // namespace desk
