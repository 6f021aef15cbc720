// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/DecodingMenu.h"

namespace desk {

DecodingMenu::DecodingMenu(QWidget *parent) : QMenu(parent), m_keys(new QMenu(tr("&Keys"), this))
{
    setTitle(tr("Read &as"));
    setObjectName(QStringLiteral("decodingMenu"));
    setAccessibleName(tr("How this topic is read"));
    addChoices(*this, MessagePart::Value);
    addSeparator();
    addChoices(*m_keys, MessagePart::Key);
    addMenu(m_keys);
}

QString DecodingMenu::textOf(PayloadFormat format)
{
    switch (format) {
    case PayloadFormat::Automatic:
    case PayloadFormat::Entity:
        return tr("&Automatically");
    case PayloadFormat::ProtoFile:
        return tr("Message of a .proto &file…");
    case PayloadFormat::Registry:
        return tr("Schema &registry");
    case PayloadFormat::Json:
        return tr("&JSON");
    case PayloadFormat::Integer:
        return tr("&Integer");
    case PayloadFormat::Text:
        return tr("&Text");
    case PayloadFormat::Guess:
        return tr("&Protobuf without schema");
    case PayloadFormat::Hex:
        break;
    }
    return tr("&Bytes");
}

void DecodingMenu::addChoices(QMenu &menu, MessagePart part)
{
    for (const PayloadFormat format :
         {PayloadFormat::Automatic, PayloadFormat::ProtoFile, PayloadFormat::Registry, PayloadFormat::Json,
          PayloadFormat::Text, PayloadFormat::Integer, PayloadFormat::Guess, PayloadFormat::Hex}) {
        QAction *action = menu.addAction(textOf(format));
        action->setCheckable(true);
        action->setData(int(format));
        m_choices.append({part, action});
        connect(action, &QAction::triggered, this, [this, part, format] {
            const DecodingRule *now = m_settings.ruleFor(m_topic, part);
            DecodingRule rule{m_topic, part, format, {}, {}};
            if (format != PayloadFormat::ProtoFile) {
                Q_EMIT chosen(rule);
                return;
            }
            if (now && now->format == PayloadFormat::ProtoFile)
                rule = *now;
            Q_EMIT fileWanted(rule);
        });
    }
}

void DecodingMenu::setTopic(const QString &topic, const DecodingSettings &settings)
{
    m_topic = topic;
    m_settings = settings;
    for (const auto &[part, action] : std::as_const(m_choices)) {
        const DecodingRule *rule = settings.ruleFor(topic, part);
        action->setChecked(action->data().toInt() == int(rule ? rule->format : PayloadFormat::Automatic));
    }
}

} // namespace desk
