// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TopicChanges.h"

#include "models/store/WhenFinished.h"
#include "ui/parts/TaskBar.h"
#include "ui/shell/Theme.h"
#include "ui/cluster/AdminReports.h"
#include "ui/cluster/NameQuestion.h"
#include "ui/topics/TopicDialogs.h"

#include <QPointer>

namespace desk {

namespace {

const QString TopicsNotice = QStringLiteral("topics");

Notice success(const QString &sentence)
{
    return {Notice::Kind::Success, sentence, TopicsNotice, {}, {}};
}

} // namespace

TopicChanges::TopicChanges(const BrokerSettings &brokers, AdminAccess<TopicAdmin> &admin, TaskBar &taskBar,
                           Theme &theme, QWidget *page)
    : QObject(page)
    , m_brokers(brokers)
    , m_admin(admin)
    , m_taskBar(taskBar)
    , m_theme(theme)
    , m_page(page)
    , m_task(new AdminTask(this))
{
    if (const Expected<> allowed = mayAdminister(brokers); !allowed)
        m_refusal = allowed.error().sentence;
    m_create = make(tr("&New topic…"), QStringLiteral("plus"), QKeySequence(Qt::CTRL | Qt::Key_N),
                    QStringLiteral("newTopic"));
    m_createMissing = make(tr("Create &missing topics"), QStringLiteral("plus"),
                           QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M), QStringLiteral("createMissing"));
    m_addPartitions = make(tr("Add &partitions…"), QStringLiteral("columns"), {},
                           QStringLiteral("addPartitions"));
    m_configure = make(tr("&Change setting…"), QStringLiteral("pencil"), QKeySequence(Qt::Key_F2),
                       QStringLiteral("configureTopic"));
    m_empty = make(tr("&Empty topic…"), QStringLiteral("clear"), {}, QStringLiteral("emptyTopics"));
    m_remove = make(tr("&Delete topic…"), QStringLiteral("trash"), QKeySequence(Qt::Key_Delete),
                    QStringLiteral("deleteTopics"));
    m_remove->setProperty("danger", true);
    connect(m_create, &QAction::triggered, this, &TopicChanges::askToCreate);
    connect(m_createMissing, &QAction::triggered, this, &TopicChanges::runCreateMissing);
    connect(m_addPartitions, &QAction::triggered, this, &TopicChanges::askForPartitions);
    connect(m_configure, &QAction::triggered, this, &TopicChanges::askForSetting);
    connect(m_empty, &QAction::triggered, this, &TopicChanges::askToEmpty);
    connect(m_remove, &QAction::triggered, this, &TopicChanges::askToRemove);
    connect(&m_taskBar, &TaskBar::cancelRequested, m_task, &AdminTask::cancel);
    connect(m_task, &AdminTask::progressed, &m_taskBar, &TaskBar::setProgress);
    connect(m_task, &AdminTask::finished, this, [this](const AdminReport &report) {
        m_taskBar.end();
        update();
        Q_EMIT noticeRequested(
            noticeOf(report, {m_done, tr("topic"), tr("topics"), TopicsNotice}, m_page, m_theme));
        Q_EMIT changed();
    });
    update();
}

QAction *TopicChanges::make(const QString &text, const QString &icon, const QKeySequence &shortcut,
                            const QString &name)
{
    auto *action = new QAction(m_theme.icon(icon), text, this);
    action->setObjectName(name);
    action->setShortcut(shortcut);
    return action;
}

void TopicChanges::setTopics(const QList<TopicRow> &topics)
{
    m_topics = topics;
    update();
}

void TopicChanges::setMissing(const QStringList &missing)
{
    m_missing = missing;
    update();
}

void TopicChanges::setSetting(const std::optional<ConfigurationEntry> &setting)
{
    m_setting = setting;
    update();
}

QStringList TopicChanges::names() const
{
    QStringList names;
    for (const TopicRow &row : m_topics) {
        if (!row.isMissing)
            names.append(row.topic.name);
    }
    return names;
}

void TopicChanges::setAvailable(QAction *action, bool isAvailable, const QString &toolTip)
{
    action->setEnabled(isAvailable && m_refusal.isEmpty() && m_brokers.isConfigured());
    action->setToolTip(m_refusal.isEmpty() ? toolTip : m_refusal);
}

void TopicChanges::update()
{
    const qsizetype count = names().size();
    const bool isFree = !m_task->isRunning();
    setAvailable(m_create, true, tr("Create a topic"));
    setAvailable(m_addPartitions, count == 1, tr("Give the topic more partitions"));
    setAvailable(m_configure, count == 1 && m_setting.has_value(), tr("Change the selected setting"));
    setAvailable(m_empty, count > 0 && isFree, tr("Take all messages out of the selected topics"));
    setAvailable(m_remove, count > 0 && isFree, tr("Delete the selected topics with their messages"));
    // The broker inside the program can do this one.
    const Expected<> mayWrite = mayWriteTo(m_brokers);
    m_createMissing->setEnabled(mayWrite && !m_missing.isEmpty() && !m_isCreating);
    m_createMissing->setToolTip(mayWrite
                                    ? tr("Create the topics of this workspace's entities that are not there")
                                    : mayWrite.error().sentence);
}

void TopicChanges::askToCreate()
{
    auto *dialog = new NewTopicDialog(m_brokers, m_page);
    connect(dialog, &AdminDialog::submitted, this, [this, dialog] {
        const NewTopic topic = dialog->topic();
        whenFinished(m_admin.run([topic](TopicAdmin &admin) { return admin.create(topic); }), this,
                     [this, topic, dialog = QPointer<NewTopicDialog>(dialog)](const Expected<> &created) {
                         if (dialog)
                             dialog->finish(created);
                         else if (!created)
                             Q_EMIT noticeRequested(Notice::error(created.error(), TopicsNotice));
                         if (created)
                             Q_EMIT noticeRequested(success(tr("%1: created.").arg(topic.name)));
                         Q_EMIT changed();
                     });
    });
    dialog->open();
}

void TopicChanges::runCreateMissing()
{
    const QStringList missing = m_missing;
    m_isCreating = true;
    update();
    whenFinished(m_admin.run([missing](TopicAdmin &admin) { return admin.createMissing(missing); }), this,
                 [this, missing](const Expected<> &created) {
                     m_isCreating = false;
                     update();
                     if (created)
                         Q_EMIT noticeRequested(success(tr("%1 topics created.").arg(missing.size())));
                     else
                         Q_EMIT noticeRequested(Notice::error(created.error(), TopicsNotice));
                     Q_EMIT changed();
                 });
}

void TopicChanges::askForPartitions()
{
    if (names().size() != 1)
        return;
    const TopicInfo topic = m_topics.constFirst().topic;
    auto *dialog = new AddPartitionsDialog(topic.name, topic.partitions, m_page);
    connect(dialog, &AdminDialog::submitted, this, [this, dialog, name = topic.name] {
        const int partitions = dialog->partitions();
        whenFinished(m_admin.run([name, partitions](TopicAdmin &admin) {
            return admin.addPartitions(name, partitions);
        }),
                     this,
                     [this, name, partitions,
                      dialog = QPointer<AddPartitionsDialog>(dialog)](const Expected<> &added) {
                         if (dialog)
                             dialog->finish(added);
                         else if (!added)
                             Q_EMIT noticeRequested(Notice::error(added.error(), TopicsNotice));
                         if (added)
                             Q_EMIT noticeRequested(
                                 success(tr("%1 has %2 partitions now.").arg(name).arg(partitions)));
                         Q_EMIT changed();
                     });
    });
    dialog->open();
}

void TopicChanges::askForSetting()
{
    if (names().size() != 1 || !m_setting)
        return;
    const QString name = names().constFirst();
    auto *dialog = new SettingDialog(name, *m_setting, m_page);
    connect(dialog, &AdminDialog::submitted, this, [this, dialog, name] {
        const ConfigurationChanges changes = dialog->changes();
        whenFinished(
            m_admin.run([name, changes](TopicAdmin &admin) { return admin.configure(name, changes); }), this,
            [this, name, dialog = QPointer<SettingDialog>(dialog)](const Expected<> &changed) {
                if (dialog)
                    dialog->finish(changed);
                else if (!changed)
                    Q_EMIT noticeRequested(Notice::error(changed.error(), TopicsNotice));
                if (changed)
                    Q_EMIT noticeRequested(success(tr("%1: configuration changed.").arg(name)));
                Q_EMIT this->changed();
            });
    });
    dialog->open();
}

void TopicChanges::askToEmpty()
{
    const QStringList topics = names();
    auto *question = new NameQuestion(
        {topics.size() == 1 ? tr("Empty topic") : tr("Empty topics"),
         tr("All messages that are there now are deleted, for everybody. Whoever has not read them will not. "
            "This cannot be undone."),
         tr("Empty"), tr("%1 topics").arg(topics.size())},
        topics, m_page);
    connect(question, &QDialog::accepted, this, [this, topics] {
        run(topics, tr("Emptying topics"), tr("emptied"),
            [](TopicAdmin &admin, const QStringList &portion) { return admin.empty(portion); });
    });
    question->open();
}

void TopicChanges::askToRemove()
{
    const QStringList topics = names();
    auto *question = new NameQuestion(
        {topics.size() == 1 ? tr("Delete topic") : tr("Delete topics"),
         tr("The topic goes with all its messages and its configuration, for everybody. Programs that use it "
            "will fail, or make an empty one in its place. This cannot be undone."),
         tr("Delete"), tr("%1 topics").arg(topics.size())},
        topics, m_page);
    connect(question, &QDialog::accepted, this, [this, topics] {
        run(topics, tr("Deleting topics"), tr("deleted"),
            [](TopicAdmin &admin, const QStringList &portion) { return admin.remove(portion); });
    });
    question->open();
}

void TopicChanges::run(const QStringList &names, const QString &text, const QString &done,
                       const std::function<Expected<Refusals>(TopicAdmin &, const QStringList &)> &call)
{
    if (names.isEmpty() || m_task->isRunning())
        return;
    m_done = done;
    m_taskBar.begin(text);
    m_task->start(names, [this, call](const QStringList &portion) {
        return m_admin.run([call, portion](TopicAdmin &admin) { return call(admin, portion); });
    });
    update();
}

} // namespace desk
