// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFile>

#include <cstdio>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

// Reads every file of the folders named as arguments once, as libFuzzer would: the corpus as a test.
int main(int count, char **arguments)
{
    int inputs = 0;
    for (int index = 1; index < count; ++index) {
        QDirIterator files(QString::fromLocal8Bit(arguments[index]), QDir::Files);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly)) {
                std::fprintf(stderr, "%s: %s\n", qPrintable(file.fileName()), qPrintable(file.errorString()));
                return 1;
            }
            // Named before it is read: what crashes says nothing any more.
            std::printf("%s\n", qPrintable(file.fileName()));
            std::fflush(stdout);
            const QByteArray bytes = file.readAll();
            LLVMFuzzerTestOneInput(reinterpret_cast<const unsigned char *>(bytes.constData()),
                                   size_t(bytes.size()));
            ++inputs;
        }
    }
    std::printf("%d inputs.\n", inputs);
    return inputs > 0 ? 0 : 1;
}
