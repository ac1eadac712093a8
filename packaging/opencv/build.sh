#!/bin/sh
# Builds OpenCV's Python module with the modules that Glyphpad uses, into .opencv-slim, where
# build.spec takes it from instead of the wheel's.
#
#   sh packaging/opencv/build.sh PYTHON
#
# PYTHON has pip and numpy: that of .venv-light. The source is the source package of the version in
# requirements/light.lock, and pip compares it with the SHA-256 that is there. NICE=1 builds with one
# process, for a machine that has other work.
#
# What is left out: video, cameras, windows, neural networks, OpenCL, formats of pictures that
# Glyphpad does not read, and Intel's IPP, which is not in the source package. What is left in is
# -O2 for SSE4.2, which NumPy asks for too, and AVX2 where the processor has it.
set -eu

python=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
root=$(pwd)
work=$root/build/opencv
site=$root/.opencv-slim

requirement=$("$python" - <<'END'
import re
from pathlib import Path

lock = Path("requirements/light.lock").read_text("utf-8")
entry = re.search(r"^opencv-python-headless==.*(\n    --hash.*)+", lock, re.MULTILINE)
print(entry[0])
END
)
version=$(echo "$requirement" | sed -n 's/^opencv-python-headless==\([0-9.]*\).*/\1/p')
source=$work/opencv_python_headless-$version

mkdir -p "$work"
if [ ! -d "$source" ]; then
    echo "$requirement" > "$work/requirement.txt"
    "$python" -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes \
        --no-binary opencv-python-headless --dest "$work" --requirement "$work/requirement.txt"
    tar --extract --gzip --directory "$work" --file "$source.tar.gz"
    # No Python for flann and 3D geometry: the linker then leaves out what only it would call.
    sed -i 's|^# header blacklist$|ocv_list_filterout(opencv_hdrs "modules/flann/")\
ocv_list_filterout(opencv_userdef_hdrs "modules/flann/")\
ocv_list_filterout(opencv_hdrs "modules/geometry/.*/(3d\|segment\|detail/.*)\\\\.hpp")|' \
        "$source/opencv/modules/python/bindings/CMakeLists.txt"
fi

header=$("$python" -c 'import sysconfig; print(sysconfig.get_path("include"))')
numpy=$("$python" -c 'import numpy; print(numpy.get_include())')
case $(uname -m) in
x86_64) processor="-DCPU_BASELINE=SSE4_2 -DCPU_DISPATCH=AVX2" ;;
*) processor="" ;;
esac

# shellcheck disable=SC2086
cmake -S "$source/opencv" -B "$work/build" -G Ninja --log-level=WARNING \
    -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF \
    -DCMAKE_C_FLAGS_RELEASE="-O2 -DNDEBUG" -DCMAKE_CXX_FLAGS_RELEASE="-O2 -DNDEBUG" \
    -DCMAKE_MODULE_LINKER_FLAGS="-Wl,-strip-all" $processor \
    -DBUILD_LIST=core,imgproc,imgcodecs,python3 \
    -DPYTHON3_EXECUTABLE="$python" -DPYTHON_DEFAULT_EXECUTABLE="$python" \
    -DPYTHON3_INCLUDE_DIR="$header" -DPYTHON3_NUMPY_INCLUDE_DIRS="$numpy" \
    -DPYTHON3_LIBRARY=none -DPYTHON3_LIMITED_API=ON -DOPENCV_PYTHON3_INSTALL_PATH=python \
    -DBUILD_ZLIB=ON -DBUILD_PNG=ON -DBUILD_JPEG=ON -DBUILD_TIFF=ON -DBUILD_WEBP=ON \
    -DWITH_AVIF=OFF -DWITH_JASPER=OFF -DWITH_JPEGXL=OFF -DWITH_OPENEXR=OFF -DWITH_OPENJPEG=OFF \
    -DWITH_IMGCODEC_GIF=OFF -DWITH_IMGCODEC_HDR=OFF -DWITH_IMGCODEC_PFM=OFF \
    -DWITH_IMGCODEC_PXM=OFF -DWITH_IMGCODEC_SUNRASTER=OFF \
    -DWITH_1394=OFF -DWITH_EIGEN=OFF -DWITH_FFMPEG=OFF -DWITH_FLATBUFFERS=OFF \
    -DWITH_GSTREAMER=OFF -DWITH_GTK=OFF -DWITH_IPP=OFF -DWITH_ITT=OFF -DWITH_LAPACK=OFF \
    -DWITH_OBSENSOR=OFF -DWITH_OPENCL=OFF -DWITH_PROTOBUF=OFF -DWITH_QT=OFF -DWITH_V4L=OFF \
    -DWITH_VA=OFF -DWITH_VULKAN=OFF -DWITH_UNIFONT=OFF \
    -DBUILD_opencv_apps=OFF -DBUILD_DOCS=OFF -DBUILD_EXAMPLES=OFF -DBUILD_ITT=OFF \
    -DBUILD_JAVA=OFF -DBUILD_PERF_TESTS=OFF -DBUILD_TESTS=OFF > "$work/configure.log"
ninja -C "$work/build" ${NICE:+-j1} --quiet > "$work/build.log" 2>&1 || {
    tail -40 "$work/build.log" >&2
    exit 1
}

rm -rf "$work/installed" "$site"
cmake --install "$work/build" --component python --prefix "$work/installed" > /dev/null
# The library is the module. The package around it looks for it, through five files of source that a
# frozen program would compile at every start, and adds what Glyphpad does not use.
mkdir "$site"
mv "$work/installed/python/cv2/python-3/cv2.abi3.so" "$site"
# As an installed package says of itself whose its files are, for the licence texts.
facts=$site/opencv_python_headless-$version.dist-info
mkdir "$facts"
printf 'Metadata-Version: 2.1\nName: opencv-python-headless\nVersion: %s\n' "$version" \
    > "$facts/METADATA"
cp "$source/LICENSE.txt" "$source/LICENSE-3RD-PARTY.txt" "$facts"
(cd "$site" && find . -type f | sed 's|^\./||; s|$|,,|') > "$facts/RECORD"
du -s --apparent-size -BK "$site"
