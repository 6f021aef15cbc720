// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageDecoder.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;
class QTreeWidget;

namespace desk {

class DecodedTree;
class DecodingMenu;
class Theme;

// One message in full: its fields, its headers, its bytes and its text, and why it could not be decoded if
// so. Sensitive values are masked in all of it; one is shown when the operator asks and the window has it
// written down (revealRequested(), showRevealed()). Holds a copy: the message stays readable when the log has
// dropped it. GUI thread.
class MessageDetail : public QWidget
{
    Q_OBJECT

public:
    static constexpr qsizetype MaximumTextBytes = 256 * 1024; // shown; Copy takes all of it

    MessageDetail(Theme &theme, QWidget *parent);

    void showMessage(const StreamMessage &message, const DecodedMessage &decoded);
    [[nodiscard]] const StreamMessage &message() const { return m_message; }
    [[nodiscard]] const DecodedMessage &decoded() const { return m_decoded; }
    [[nodiscard]] DecodingMenu &decodingMenu() const { return *m_decodingMenu; }
    [[nodiscard]] QAction *showValueAction() const;
    // Until then no masked value can be asked for.
    void allowRevealing();
    void showRevealed(MessagePart part, const NodePath &path, const QString &text);
    void showProblem(const QString &sentence);

Q_SIGNALS:
    void closeRequested();
    void recordRequested(const QString &entity, const QString &id);
    void revealRequested(desk::MessagePart part, const desk::NodePath &path, const QString &field);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fillHeaders();
    void fillTexts();
    [[nodiscard]] qsizetype bytesPerLine() const; // as many as leave their characters in sight
    [[nodiscard]] QString textToCopy() const;
    [[nodiscard]] QString withoutPayload() const; // why there is none to show; empty: there is
    [[nodiscard]] QString payloadText(qsizetype maximum) const;
    [[nodiscard]] QString problemText() const;

    Theme &m_theme;
    StreamMessage m_message;
    DecodedMessage m_decoded;
    QLabel *m_title;
    QLabel *m_meta;
    QLabel *m_problem;
    QPushButton *m_record;
    DecodingMenu *m_decodingMenu;
    QTabWidget *m_tabs;
    DecodedTree *m_fields;
    QTreeWidget *m_headers;
    QPlainTextEdit *m_bytes;
    qsizetype m_perLine = 16; // in m_bytes
    QPlainTextEdit *m_text;
};

} // namespace desk
