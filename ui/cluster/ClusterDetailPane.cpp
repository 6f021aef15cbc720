// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cluster/ClusterDetailPane.h"

#include "ui/parts/ActionButton.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace desk {

ClusterDetailPane::ClusterDetailPane(const QList<QAction *> &actions, QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_summary(new QLabel(this))
    , m_tabs(new QTabWidget(this))
{
    setProperty("role", QStringLiteral("surface"));
    setAttribute(Qt::WA_StyledBackground);
    m_title->setProperty("role", QStringLiteral("title"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    // A long name must not make the pane as wide as it is.
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_summary->setObjectName(QStringLiteral("detailSummary"));
    m_summary->setProperty("role", QStringLiteral("muted"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    for (QAction *action : actions) {
        QPushButton *button = actionButton(action, action->objectName(), this);
        if (action->property("danger").toBool())
            button->setProperty("danger", true);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(14, 10, 14, 6);
    head->setSpacing(6);
    head->addWidget(m_title);
    head->addWidget(m_summary);
    head->addLayout(buttons);

    m_tabs->setDocumentMode(true);
    m_tabs->setStyleSheet(QStringLiteral("QTabWidget::tab-bar { left: 14px; }")); // in line with the name
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_tabs, 1);
}

bool ClusterDetailPane::begin(const QString &name)
{
    if (name == m_name)
        return false;
    m_name = name;
    m_title->setText(name);
    m_title->setToolTip(name);
    m_summary->setText(tr("Asking the brokers…"));
    m_tabs->show();
    return true;
}

void ClusterDetailPane::setSummary(const QString &text)
{
    m_summary->setText(text);
}

void ClusterDetailPane::showSeveral(const QString &title)
{
    m_name.clear();
    m_title->setText(title);
    m_title->setToolTip({});
    m_summary->clear();
    m_tabs->hide();
}

} // namespace desk
