// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/DecodedTree.h"

#include "kafka/decoding/FieldPath.h"
#include "ui/shell/Theme.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QTreeWidgetItemIterator>

namespace desk {
namespace {

constexpr qsizetype ShownText = 2000;
constexpr int UnfoldedRows = 12; // what is small is unfolded from the start

bool isBranch(const DecodedNode &node)
{
    return !node.isSensitive
        && (node.kind == DecodedNode::Kind::Object || node.kind == DecodedNode::Kind::List);
}

QString rowText(const DecodedNode &node)
{
    if (!isBranch(node))
        return node.text.left(ShownText).simplified();
    const auto count = qsizetype(node.children.size());
    return node.kind == DecodedNode::Kind::List ? QStringLiteral("[%1]").arg(count)
                                                : QStringLiteral("{%1}").arg(count);
}

// Shows each node of the message to the visitor, until that answers false: in order, numbered by it.
using NodeVisitor = std::function<bool(const DecodedNode &, MessagePart, const NodePath &)>;

bool visitNodes(const DecodedNode &node, MessagePart part, NodePath &path, const NodeVisitor &visitor)
{
    if (!visitor(node, part, path))
        return false;
    if (!isBranch(node))
        return true;
    for (int index = 0; index < int(node.children.size()); ++index) {
        path.append(index);
        if (!visitNodes(node.children[size_t(index)], part, path, visitor))
            return false;
        path.removeLast();
    }
    return true;
}

void visitNodes(const DecodedMessage &message, const NodeVisitor &visitor)
{
    NodePath path;
    if (visitNodes(message.key.root, MessagePart::Key, path, visitor))
        visitNodes(message.value.root, MessagePart::Value, path, visitor);
}

} // namespace

DecodedTree::DecodedTree(Theme &theme, QWidget *parent)
    : QTreeWidget(parent)
    , m_theme(theme)
    , m_message(std::make_shared<DecodedMessage>())
    , m_show(new QAction(theme.icon(QStringLiteral("eye")), tr("Show the &value"), this))
    , m_column(new QAction(theme.icon(QStringLiteral("columns")), tr("Show the field as &column"), this))
{
    setObjectName(QStringLiteral("messageFields"));
    setAccessibleName(tr("Fields"));
    setHeaderLabels({tr("Field"), tr("Value")});
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setIndentation(14);
    setFrameShape(QFrame::NoFrame);
    header()->resizeSection(0, 150);
    setStyleSheet(QStringLiteral("QTreeView { padding: 4px 12px 0 4px; } QTreeView::item { height: 23px; }"));

    m_show->setObjectName(QStringLiteral("showMaskedValue"));
    m_show->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V));
    m_show->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_show->setToolTip(tr("Show this sensitive value; that you looked is written down"));
    addAction(m_show);
    m_column->setObjectName(QStringLiteral("showFieldAsColumn"));
    m_column->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_K));
    m_column->setToolTip(tr("A column in the table for the field that is chosen in the message"));
    addAction(m_column);
    connect(m_column, &QAction::triggered, this, [this] { Q_EMIT columnRequested(currentField()); });
    setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(m_show, &QAction::triggered, this, [this] { requestShown(currentItem()); });
    connect(this, &QTreeWidget::itemActivated, this, &DecodedTree::requestShown);
    connect(this, &QTreeWidget::currentItemChanged, this, &DecodedTree::updateAction);
    connect(this, &QTreeWidget::itemExpanded, this, [this](QTreeWidgetItem *item) { fillChildren(*item); });
    connect(&theme, &Theme::changed, this, [this] {
        m_show->setIcon(m_theme.icon(QStringLiteral("eye")));
        m_column->setIcon(m_theme.icon(QStringLiteral("columns")));
        fill();
    });
    updateAction();
}

void DecodedTree::setMessage(const std::shared_ptr<const DecodedMessage> &message)
{
    m_message = message;
    fill();
}

void DecodedTree::setShowing(Showing showing)
{
    m_showing = showing;
    updateAction();
}

const DecodedNode &DecodedTree::root(MessagePart part) const
{
    return part == MessagePart::Key ? m_message->key.root : m_message->value.root;
}

void DecodedTree::fill()
{
    clear();
    if (!m_message->key.kind.isEmpty())
        addPart(m_message->key, MessagePart::Key);
    if (!m_message->value.kind.isEmpty())
        addPart(m_message->value, MessagePart::Value);
    updateAction();
}

void DecodedTree::addPart(const DecodedPart &decoded, MessagePart part)
{
    DecodedNode whole;
    whole.kind = decoded.root.kind;
    whole.isSensitive = decoded.root.isSensitive;
    whole.text = decoded.root.text;
    whole.type = decoded.decoder;
    if (part == MessagePart::Value && isBranch(decoded.root)) {
        for (int index = 0; index < int(decoded.root.children.size()); ++index) {
            QTreeWidgetItem *item = addNode(*invisibleRootItem(), decoded.root.children[size_t(index)], part,
                                            {index});
            if (item->childIndicatorPolicy() == QTreeWidgetItem::ShowIndicator
                && int(decoded.root.children[size_t(index)].children.size()) <= UnfoldedRows)
                item->setExpanded(true);
        }
        return;
    }
    whole.name = part == MessagePart::Key ? tr("key") : tr("value");
    QTreeWidgetItem *item = addNode(*invisibleRootItem(), whole, part, {});
    if (isBranch(decoded.root)) {
        item->setText(1, decoded.summary);
        item->setChildIndicatorPolicy(QTreeWidgetItem::ShowIndicator);
    }
}

QTreeWidgetItem *DecodedTree::addNode(QTreeWidgetItem &parent, const DecodedNode &node, MessagePart part,
                                      const NodePath &path)
{
    const QString name = node.label.isEmpty() ? node.name : node.label;
    auto *item = new QTreeWidgetItem(&parent, {name, rowText(node)}); // the tree owns it
    item->setForeground(0, m_theme.colours().muted);
    item->setData(0, PathRole, QVariant::fromValue(path));
    item->setData(0, PartRole, int(part));
    item->setData(0, MaskedRole, node.isSensitive);
    QString toolTip = node.number > 0
        ? tr("%1 · field %2 · %3").arg(node.name).arg(node.number).arg(node.type)
        : node.type.isEmpty() ? node.name
                              : QStringLiteral("%1 · %2").arg(node.name, node.type);
    if (node.isAbsent) {
        item->setForeground(1, m_theme.colours().muted);
        toolTip += tr(" · not in the message: what a reader takes for it");
    }
    item->setToolTip(0, toolTip);
    item->setToolTip(1, node.isSensitive ? tr("Sensitive") : node.text.left(ShownText));
    if (node.isSensitive) {
        item->setIcon(1, m_theme.icon(QStringLiteral("eye-off"), Theme::IconColour::Muted));
        item->setData(1, Qt::AccessibleTextRole, tr("masked"));
    }
    if (isBranch(node) && node.hasChildren())
        item->setChildIndicatorPolicy(QTreeWidgetItem::ShowIndicator);
    return item;
}

void DecodedTree::fillChildren(QTreeWidgetItem &item)
{
    if (item.data(0, FilledRole).toBool())
        return;
    item.setData(0, FilledRole, true);
    const auto part = MessagePart(item.data(0, PartRole).toInt());
    const auto path = item.data(0, PathRole).value<NodePath>();
    const DecodedNode *node = nodeAt(root(part), path);
    for (int index = 0; node && index < int(node->children.size()); ++index)
        addNode(item, node->children[size_t(index)], part, path + NodePath{index});
}

void DecodedTree::keyPressEvent(QKeyEvent *event)
{
    const QTreeWidgetItem *item = currentItem();
    if (!event->matches(QKeySequence::Copy) || !item) {
        QTreeWidget::keyPressEvent(event);
        return;
    }
    // All of a long text, but only what is shown of one that is, or was, masked.
    const DecodedNode *node = nodeAt(root(MessagePart(item->data(0, PartRole).toInt())),
                                     item->data(0, PathRole).value<NodePath>());
    const bool isWhole = node && !node->isSensitive && !isBranch(*node);
    QGuiApplication::clipboard()->setText(isWhole ? node->text : item->text(1));
}

void DecodedTree::updateAction()
{
    const QTreeWidgetItem *item = currentItem();
    m_show->setEnabled(m_showing == Showing::OnRequest && item && item->data(0, MaskedRole).toBool());
    m_column->setEnabled(!currentField().isEmpty());
}

QString DecodedTree::currentField() const
{
    const QTreeWidgetItem *item = currentItem();
    if (!item)
        return {};
    const auto part = MessagePart(item->data(0, PartRole).toInt());
    return fieldPath(root(part), part, item->data(0, PathRole).value<NodePath>());
}

void DecodedTree::requestShown(QTreeWidgetItem *item)
{
    if (m_showing != Showing::OnRequest || !item || !item->data(0, MaskedRole).toBool())
        return;
    const auto part = MessagePart(item->data(0, PartRole).toInt());
    const auto path = item->data(0, PathRole).value<NodePath>();
    Q_EMIT showRequested(part, path, pathText(root(part), path));
}

void DecodedTree::setShown(MessagePart part, const NodePath &path, const QString &text)
{
    for (QTreeWidgetItemIterator at(this); *at; ++at) {
        QTreeWidgetItem &item = **at;
        if (!item.data(0, MaskedRole).toBool() || item.data(0, PartRole).toInt() != int(part)
            || item.data(0, PathRole).value<NodePath>() != path)
            continue;
        item.setData(0, MaskedRole, false);
        item.setText(1, text.left(ShownText).simplified());
        item.setToolTip(1, text.left(ShownText));
        item.setIcon(1, m_theme.icon(QStringLiteral("eye"), Theme::IconColour::Accent));
        item.setData(1, Qt::AccessibleTextRole, {});
    }
    updateAction();
}

FindTarget::Job DecodedTree::search() const
{
    return [message = m_message](const PayloadSearch &search) {
        QStringList texts;
        visitNodes(*message, [&texts](const DecodedNode &node, MessagePart, const NodePath &path) {
            const QString value = isBranch(node) ? QString() : node.text;
            texts.append(path.isEmpty() ? value : node.name + u'\n' + node.label + u'\n' + value);
            return true;
        });
        return search.inItems(texts);
    };
}

void DecodedTree::showMatches(const std::shared_ptr<const PayloadMatches> &matches, qsizetype current)
{
    if (!matches || current < 0)
        return;
    qsizetype left = matches->found[current].item;
    visitNodes(*m_message, [&](const DecodedNode &, MessagePart part, const NodePath &path) {
        if (left-- > 0)
            return true;
        showNode(part, path);
        return false;
    });
}

// Unfolds what it lies in.
void DecodedTree::showNode(MessagePart part, const NodePath &path)
{
    for (int row = 0; row < topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = topLevelItem(row);
        const auto begin = item->data(0, PathRole).value<NodePath>();
        if (item->data(0, PartRole).toInt() != int(part)
            || path.first(std::min(begin.size(), path.size())) != begin)
            continue;
        for (qsizetype depth = begin.size(); item && depth < path.size(); ++depth) {
            fillChildren(*item);
            item->setExpanded(true);
            item = item->child(path[depth]);
        }
        if (item) {
            setCurrentItem(item);
            scrollToItem(item);
        }
        return;
    }
}

QString DecodedTree::text() const
{
    QStringList lines;
    for (QTreeWidgetItemIterator at(const_cast<DecodedTree *>(this)); *at; ++at) {
        int depth = 0;
        for (const QTreeWidgetItem *parent = (*at)->parent(); parent; parent = parent->parent())
            ++depth;
        lines.append(QString(2 * depth, u' ') + (*at)->text(0) + u'\t' + (*at)->text(1));
    }
    return lines.join(u'\n');
}

} // namespace desk
