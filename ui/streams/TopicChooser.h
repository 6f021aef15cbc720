// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QSet>
#include <QStringList>

class QLabel;
class QLineEdit;
class QListWidget;

namespace desk {

class EntityCatalog;

// The popup in which the topics of the live stream are chosen: the catalog's and the cluster's, searched by
// typing (a pattern such as products_* as well), with presets per entity. What is chosen is said when it
// closes. GUI thread.
class TopicChooser : public QFrame
{
    Q_OBJECT

public:
    TopicChooser(const EntityCatalog &catalog, QWidget *parent);

    // The topics every entity of the catalog publishes to.
    [[nodiscard]] static QStringList catalogTopics(const EntityCatalog &catalog);
    // A short name for a choice: "products_*, images_*, todos2".
    [[nodiscard]] static QString summaryOf(const QStringList &topics, const EntityCatalog &catalog);

    void setClusterTopics(const QStringList &topics); // adds to the catalog's
    void setNote(const QString &sentence);            // why the cluster's topics are not there
    void open(const QStringList &chosen, const QPoint &place);
    [[nodiscard]] QStringList chosen() const;
    // Lets a pattern be given, whose topics are read as well, those that come later, too.
    void offerPattern();
    void setPattern(const QString &pattern); // see patternFromText()

Q_SIGNALS:
    void chosenChanged(const QStringList &topics);
    void patternChanged(const QString &pattern); // one that can be read, or none

protected:
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void filter();
    void setShown(Qt::CheckState state); // of what the search leaves
    void checkPattern();
    [[nodiscard]] bool isMatch(const QString &topic) const;

    const EntityCatalog &m_catalog;
    QStringList m_topics;
    QSet<QString> m_chosen;
    QStringList m_before; // when it was opened
    QLineEdit *m_search;
    QListWidget *m_list;
    QLabel *m_note;
    QLineEdit *m_pattern;
    QLabel *m_patternProblem;
    QString m_patternBefore;
};

} // namespace desk
