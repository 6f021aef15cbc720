// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/TopicChooser.h"

#include "models/schema/EntityCatalog.h"
#include "ui/shell/Theme.h"
#include "ui/streams/StreamChoice.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QScreen>
#include <QSignalBlocker>

namespace desk {
namespace {

QStringList topicsOf(const EntityType &entity)
{
    QStringList topics = entity.topics.values();
    topics.removeDuplicates();
    topics.sort();
    return topics;
}

} // namespace

TopicChooser::TopicChooser(const EntityCatalog &catalog, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_catalog(catalog)
    , m_topics(catalogTopics(catalog))
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_note(new QLabel(this))
    , m_pattern(new QLineEdit(this))
    , m_patternProblem(new QLabel(this))
{
    setProperty("role", QStringLiteral("surface"));
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Topics"));
    m_search->setPlaceholderText(tr("Search, or a pattern such as products_*"));
    m_search->setAccessibleName(tr("Search topics"));
    m_search->setObjectName(QStringLiteral("topicSearch"));
    m_search->installEventFilter(this);
    m_list->setAccessibleName(tr("Topics"));
    m_list->setObjectName(QStringLiteral("topicList"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_note->setProperty("role", QStringLiteral("muted"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->hide();
    m_pattern->setPlaceholderText(tr("And every topic like … (orders_*, /ev.*[0-9]/)"));
    m_pattern->setToolTip(tr("Also topics that come later are read"));
    m_pattern->setAccessibleName(tr("Pattern of topics that are read as well"));
    m_pattern->setObjectName(QStringLiteral("topicPattern"));
    m_pattern->setClearButtonEnabled(true);
    m_pattern->hide();
    m_patternProblem->setProperty("role", QStringLiteral("problem"));
    m_patternProblem->setObjectName(QStringLiteral("topicPatternProblem"));
    m_patternProblem->setTextFormat(Qt::PlainText);
    m_patternProblem->setWordWrap(true);
    m_patternProblem->hide();

    auto *all = new QPushButton(tr("Tick these"), this);
    auto *none = new QPushButton(tr("Untick these"), this);
    auto *entities = new QPushButton(tr("All entities"), this);
    entities->setObjectName(QStringLiteral("allEntities"));
    connect(all, &QPushButton::clicked, this, [this] { setShown(Qt::Checked); });
    connect(none, &QPushButton::clicked, this, [this] { setShown(Qt::Unchecked); });
    connect(entities, &QPushButton::clicked, this, [this] {
        const QStringList topics = catalogTopics(m_catalog);
        m_chosen = QSet<QString>(topics.cbegin(), topics.cend());
        m_search->clear();
        fill();
    });
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    buttons->addWidget(all);
    buttons->addWidget(none);
    buttons->addStretch();
    buttons->addWidget(entities);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_note);
    layout->addLayout(buttons);
    layout->addWidget(m_pattern);
    layout->addWidget(m_patternProblem);
    resize(380, 360);

    connect(m_search, &QLineEdit::textChanged, this, &TopicChooser::filter);
    connect(m_pattern, &QLineEdit::textChanged, this, &TopicChooser::checkPattern);
    connect(m_pattern, &QLineEdit::returnPressed, this, [this] {
        if (patternFromText(m_pattern->text()))
            hide();
    });
    connect(m_list, &QListWidget::itemChanged, this, [this](const QListWidgetItem *item) {
        if (item->checkState() == Qt::Checked)
            m_chosen.insert(item->text());
        else
            m_chosen.remove(item->text());
    });
}

QStringList TopicChooser::catalogTopics(const EntityCatalog &catalog)
{
    QStringList topics;
    for (const auto &entity : catalog.entities())
        topics += topicsOf(*entity);
    topics.removeDuplicates();
    return topics;
}

QString TopicChooser::summaryOf(const QStringList &topics, const EntityCatalog &catalog)
{
    if (topics.isEmpty())
        return tr("No topics");
    QStringList parts;
    QSet<QString> rest(topics.cbegin(), topics.cend());
    bool areAll = true;
    for (const auto &entity : catalog.entities()) {
        const QStringList own = topicsOf(*entity);
        const bool isWhole = !own.isEmpty()
            && std::all_of(own.cbegin(), own.cend(),
                           [&](const QString &topic) { return rest.contains(topic); });
        areAll = areAll && (isWhole || own.isEmpty());
        if (!isWhole)
            continue;
        for (const QString &topic : own)
            rest.remove(topic);
        parts.append(own.size() == 1 ? own.constFirst()
                                     : own.constFirst().section(u'_', 0, 0) + QStringLiteral("_*"));
    }
    if (areAll && rest.isEmpty())
        return tr("All entities");
    for (const QString &topic : topics) {
        if (rest.contains(topic))
            parts.append(topic);
    }
    if (parts.size() > 3)
        return tr("%1 and %2 more")
            .arg(QStringList(parts.first(2)).join(QStringLiteral(", ")))
            .arg(parts.size() - 2);
    return parts.join(QStringLiteral(", "));
}

void TopicChooser::setClusterTopics(const QStringList &topics)
{
    m_topics = catalogTopics(m_catalog) + topics;
    m_topics.removeDuplicates();
    setNote({});
    fill();
}

void TopicChooser::setNote(const QString &sentence)
{
    m_note->setText(sentence);
    m_note->setVisible(!sentence.isEmpty());
}

void TopicChooser::open(const QStringList &chosen, const QPoint &place)
{
    m_before = chosen;
    m_chosen = QSet<QString>(chosen.cbegin(), chosen.cend());
    m_search->clear();
    fill();
    // Wholly on the screen: the dock is at its lower edge.
    const QRect screen = parentWidget()->screen()->availableGeometry();
    move(std::clamp(place.x(), screen.left(), std::max(screen.left(), screen.right() - width())),
         std::clamp(place.y(), screen.top(), std::max(screen.top(), screen.bottom() - height())));
    show();
    m_search->setFocus();
}

QStringList TopicChooser::chosen() const
{
    QStringList topics;
    for (const QString &topic : m_topics) {
        if (m_chosen.contains(topic))
            topics.append(topic);
    }
    return topics;
}

void TopicChooser::fill()
{
    const QSignalBlocker blocker(m_list);
    m_list->clear();
    for (const QString &topic : std::as_const(m_topics)) {
        auto *item = new QListWidgetItem(topic, m_list); // the list owns it
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(m_chosen.contains(topic) ? Qt::Checked : Qt::Unchecked);
    }
    filter();
}

bool TopicChooser::isMatch(const QString &topic) const
{
    const QString text = m_search->text().trimmed();
    if (text.contains(u'*') || text.contains(u'?')) {
        const QRegularExpression pattern(QRegularExpression::wildcardToRegularExpression(text),
                                         QRegularExpression::CaseInsensitiveOption);
        return pattern.match(topic).hasMatch();
    }
    return topic.contains(text, Qt::CaseInsensitive);
}

void TopicChooser::filter()
{
    for (int row = 0; row < m_list->count(); ++row)
        m_list->item(row)->setHidden(!isMatch(m_list->item(row)->text()));
}

void TopicChooser::setShown(Qt::CheckState state)
{
    for (int row = 0; row < m_list->count(); ++row) {
        if (!m_list->item(row)->isHidden())
            m_list->item(row)->setCheckState(state);
    }
}

void TopicChooser::offerPattern()
{
    m_pattern->show();
    resize(380, 400);
}

void TopicChooser::setPattern(const QString &pattern)
{
    m_patternBefore = pattern;
    m_pattern->setText(pattern);
}

void TopicChooser::checkPattern()
{
    const auto pattern = patternFromText(m_pattern->text());
    const QString sentence = pattern ? QString() : pattern.error().sentence;
    m_patternProblem->setText(sentence);
    m_patternProblem->setVisible(!sentence.isEmpty());
    m_pattern->setAccessibleDescription(sentence);
    Theme::setProperty(m_pattern, "invalid", !sentence.isEmpty());
}

void TopicChooser::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    const QString pattern = m_pattern->text().trimmed();
    if (pattern != m_patternBefore && patternFromText(pattern)) {
        m_patternBefore = pattern;
        Q_EMIT patternChanged(pattern);
    }
    if (chosen() != m_before)
        Q_EMIT chosenChanged(chosen());
}

bool TopicChooser::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            setShown(Qt::Checked);
            m_search->clear();
            return true;
        case Qt::Key_Down:
            m_list->setFocus();
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace desk
